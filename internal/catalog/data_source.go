// Package catalog implements the data sources that read the catalogs of the delivery API.
//
// Each catalog is described in its own file. The other files are shared.
package catalog

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/datasources"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// description describes one catalog. E is the client's type of an entry, and M is its model in state.
type description[E, M any] struct {
	name       string // name of the data source without its prefix, and of its list attribute
	entry      string // noun for an entry
	key        string // name of the attribute that identifies an entry
	about      string
	aboutList  string
	attributes map[string]schema.Attribute // of an entry
	list       func(*talonic.Client, context.Context) ([]E, error)
	newModel   func(E) M
}

// newDataSource returns the data source that reads the catalog, not yet configured.
func (d description[E, M]) newDataSource() datasource.DataSource {
	return datasources.List[E, M]{
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
