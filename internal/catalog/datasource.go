// Package catalog is the data sources that read what the delivery API can do.
//
// A catalog is one file that describes it; everything else is the same for all of them.
package catalog

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/objects"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// description is what one catalog has of its own. An entry is an E as the client reads it, and an M in the state.
type description[E, M any] struct {
	name       string // of the data source without its prefix, and of the list in it
	entry      string // what people call an entry
	key        string // the attribute that names an entry
	about      string
	aboutList  string
	attributes map[string]schema.Attribute // of an entry
	list       func(*talonic.Client, context.Context) ([]E, error)
	newModel   func(E) M
}

// newDataSource returns the data source that reads the catalog, to be configured.
func (d description[E, M]) newDataSource() datasource.DataSource {
	return objects.List[E, M]{
		Name:  d.name,
		Title: fmt.Sprintf("Cannot read the %s catalog", d.entry),
		Description: fmt.Sprintf("%s\n\nThe format of the catalog is undocumented. Every attribute except `%s` and `raw` is null if the "+
			"catalog does not contain it.", d.about, d.key),
		ListDescription: d.aboutList,
		Attributes:      d.attributes,
		All:             d.list,
		View:            d.newModel,
	}.NewDataSource()
}
