package main

import (
	"net/http/httptest"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

func newAPI(t *testing.T) (*emulator.Emulator, string) {
	t.Helper()
	api := emulator.New(emulator.Behavior{})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	return api, server.URL
}
