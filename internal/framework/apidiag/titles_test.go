package apidiag_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// titleOf holds the index of the title among the arguments of functions that create warnings.
var titleOf = map[string]int{"AddWarning": 0, "NewWarningDiagnostic": 0, "AddAttributeWarning": 1, "NewAttributeWarningDiagnostic": 1}

// elsewhere lists titles that are struct fields or arguments. Other tests check their values.
var elsewhere = []string{"c.Title", "r.title"}

// CLIs print warnings with equal titles as one block. Every title must therefore be the same for all objects of a kind: a literal in
// which only the noun differs. The golden file lists all warnings.
func TestTitlesOfWarnings(t *testing.T) {
	t.Parallel()
	var titles []string
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			made, ok := call.Fun.(*ast.SelectorExpr)
			if at, warns := titleOf[selected(made, ok)]; warns && at < len(call.Args) {
				title := titleIn(call.Args[at])
				if title == "" {
					t.Errorf("%s: the title of a warning is not a literal", path)
				}
				titles = append(titles, title)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(titles)
	acctest.Golden(t, "warnings", strings.Join(slices.Compact(titles), "\n")+"\n")
}

// selected returns the name that a selector selects; empty if there is none.
func selected(e *ast.SelectorExpr, ok bool) string {
	if !ok {
		return ""
	}
	return e.Sel.Name
}

// titleIn returns the title that an expression creates, with NOUN for a noun; empty if the title may differ between objects.
func titleIn(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		title, _ := strconv.Unquote(e.Value)
		return title
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok && slices.Contains(elsewhere, x.Name+"."+e.Sel.Name) {
			return "(" + x.Name + "." + e.Sel.Name + ")"
		}
	case *ast.CallExpr: // fmt.Sprintf("... %s ...", s.Noun)
		made, ok := e.Fun.(*ast.SelectorExpr)
		if selected(made, ok) != "Sprintf" || len(e.Args) != 2 {
			return ""
		}
		if noun, ok := e.Args[1].(*ast.SelectorExpr); ok && noun.Sel.Name == "Noun" {
			return strings.ReplaceAll(titleIn(e.Args[0]), "%s", "NOUN")
		}
	}
	return ""
}
