package docs_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestLinks follows the links between the pages of the repository. Each link must lead to an existing file, and to an existing heading or
// anchor in it.
func TestLinks(t *testing.T) {
	t.Parallel()
	var pages []string
	tree := os.DirFS(root)
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && slices.Contains([]string{".git", "bin", "dist", "tools", "templates"}, name) {
			return fs.SkipDir // the test follows templates in docs/
		}
		if path.Ext(name) == ".md" {
			pages = append(pages, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	anchors := map[string][]string{}
	found := 0
	for _, page := range pages {
		content, err := fs.ReadFile(tree, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range linksOf(string(content)) {
			found++
			file, anchor, hasAnchor := strings.Cut(target, "#")
			switch inRepository, isAbsolute := strings.CutPrefix(file, repository); {
			case file == "":
				file = page
			case isAbsolute:
				file = strings.TrimPrefix(strings.TrimPrefix(inRepository, "/blob/main/"), "/tree/main/")
				if file == "" {
					file = "README.md" // the start page of the repository shows this file
				}
			default:
				file = path.Join(path.Dir(page), file)
			}
			if _, err := fs.Stat(tree, file); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", page, target)
				continue
			}
			if !hasAnchor || path.Ext(file) != ".md" {
				continue
			}
			if anchors[file] == nil {
				linked, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
				if err != nil {
					t.Fatal(err)
				}
				anchors[file] = anchorsOf(string(linked))
			}
			if !slices.Contains(anchors[file], anchor) {
				t.Errorf("%s: the link to %s leads to no heading", page, target)
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d links were followed", found)
	}
}

// repository is the address of the repository in links from pages of the registry.
const repository = "https://github.com/talonicdev/terraform-provider-talonic"

var (
	isOfRepository = regexp.MustCompile(`^` + repository + `(#.*|/(blob|tree)/main/.*)?$`)
	linkTarget     = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading        = regexp.MustCompile(`(?m)^#+ (.*)$`)
	named          = regexp.MustCompile(`<a (?:id|name)="([^"]+)">`)
	slugDrops      = regexp.MustCompile(`[^\p{L}\p{N}\s_-]`)
	codeBlock      = regexp.MustCompile("(?ms)^ *```.*?^ *```$")
)

// linksOf returns the targets of links that lead to the repository.
func linksOf(content string) []string {
	var found []string
	for _, match := range linkTarget.FindAllStringSubmatch(codeBlock.ReplaceAllString(content, ""), -1) {
		target := match[1]
		if !strings.Contains(target, ":") || isOfRepository.MatchString(target) {
			found = append(found, target)
		}
	}
	return found
}

// anchorsOf returns the anchors of a page: the anchors of headings, as GitHub and the registries derive them, and explicit anchors.
func anchorsOf(content string) []string {
	content = codeBlock.ReplaceAllString(content, "")
	var found []string
	for _, match := range named.FindAllStringSubmatch(content, -1) {
		found = append(found, match[1])
	}
	for _, match := range heading.FindAllStringSubmatch(content, -1) {
		text := slugDrops.ReplaceAllString(strings.ToLower(link.ReplaceAllString(match[1], "$1")), "")
		found = append(found, strings.ReplaceAll(strings.TrimSpace(text), " ", "-"))
	}
	return found
}

func TestLinksAndAnchors(t *testing.T) {
	t.Parallel()
	const page = "# A `b_c`: d\n\n<a name=\"x\"></a>\n\n[a](b.md#c) [d](https://e.example) [j](" + repository + "#k) [l](" + repository + "/security) ![f](g.svg)\n\n```sh\n# no heading [h](i)\n```\n"
	if got, want := linksOf(page), []string{"b.md#c", repository + "#k", "g.svg"}; !slices.Equal(got, want) {
		t.Errorf("links: %q", got)
	}
	if got, want := anchorsOf(page), []string{"x", "a-b_c-d"}; !slices.Equal(got, want) {
		t.Errorf("anchors: %q", got)
	}
}
