package docs_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// Every link within the repository leads to a file that is there, and to a heading or an anchor of its page.
func TestLinks(t *testing.T) {
	t.Parallel()
	tree := os.DirFS(root)
	anchors := map[string]map[string]bool{}
	pages := []string{"README.md", "CONTRIBUTING.md", "DESIGN.md", "SECURITY.md", "internal/cmd/bench/README.md"}
	err := fs.WalkDir(tree, "docs", func(name string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ".md") {
			pages = append(pages, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	contents := map[string]string{}
	for _, page := range pages {
		content, err := fs.ReadFile(tree, page)
		if err != nil {
			t.Fatal(err)
		}
		contents[page] = withoutFences(string(content))
		anchors[page] = anchorsOf(contents[page])
	}
	links := 0
	for page, content := range contents {
		for _, match := range link.FindAllStringSubmatch(content, -1) {
			target := match[1]
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			links++
			file, anchor, hasAnchor := strings.Cut(target, "#")
			if file = path.Join(path.Dir(page), file); strings.HasPrefix(target, "#") {
				file = page
			}
			if _, err := fs.Stat(tree, file); err != nil {
				t.Errorf("%s: %s: there is no such file", page, target)
				continue
			}
			if known, isPage := anchors[file]; hasAnchor && isPage && !known[anchor] {
				t.Errorf("%s: %s: the page has no such heading", page, target)
			}
		}
	}
	if links < 100 {
		t.Errorf("only %d links were found", links)
	}
}

var (
	link      = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading   = regexp.MustCompile(`(?m)^#+ +(.+?) *$`)
	anchorTag = regexp.MustCompile(`<a id="([^"]+)">`)
	noSlug    = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// anchorsOf are the anchors of a page: its own, and those that renderers make of headings.
func anchorsOf(content string) map[string]bool {
	found := map[string]bool{}
	for _, match := range anchorTag.FindAllStringSubmatch(content, -1) {
		found[match[1]] = true
	}
	for _, match := range heading.FindAllStringSubmatch(content, -1) {
		found[strings.ReplaceAll(noSlug.ReplaceAllString(strings.ToLower(match[1]), ""), " ", "-")] = true
	}
	return found
}

func TestAnchorsOf(t *testing.T) {
	t.Parallel()
	found := anchorsOf("# Where to go?\n<a id=\"old-name\"></a>\n## `public_read`, and more\n")
	for _, want := range []string{"where-to-go", "old-name", "public_read-and-more"} {
		if !found[want] {
			t.Errorf("no %q in %v", want, found)
		}
	}
}

// withoutFences is a page without its fenced blocks.
func withoutFences(content string) string {
	var text strings.Builder
	within := false
	for line := range strings.Lines(content) {
		if strings.HasPrefix(strings.TrimLeft(line, " "), "```") {
			within = !within
		} else if !within {
			text.WriteString(line)
		}
	}
	return text.String()
}
