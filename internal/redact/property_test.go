package redact

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// alphabets holds the alphabets of secrets.
var alphabets = []string{
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/",
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_",
	"0123456789abcdef",
	`abcdefghijklmnopqrstuvwxyz0123456789!#$%&()*,-./:;<=>?@[]^_{|}~`,
	`abcdefghijklmnopqrstuvwxyzäöüßéñABCDEFGHIJ "'\+/<>&=%`,
	"абвгдежзиклмнопрстуфхцчшщ密码秘密令牌",
}

// randomSecret returns a random secret.
func randomSecret(random *rand.Rand) string {
	alphabet := []rune(alphabets[random.IntN(len(alphabets))])
	text := func(length int) string {
		runes := make([]rune, length)
		for i := range runes {
			runes[i] = alphabet[random.IntN(len(alphabet))]
		}
		return string(runes)
	}
	if random.IntN(8) > 0 {
		return text(24 + random.IntN(60))
	}
	var lines []string
	for range 2 + random.IntN(12) {
		lines = append(lines, text(64))
	}
	return "-----BEGIN PRIVATE KEY-----\n" + strings.Join(lines, "\n") + "\n-----END PRIVATE KEY-----\n"
}

// A secret is recognized in any encoding, even if it is encoded twice, and in any surrounding text.
func TestRepeatsWhateverTheEncoding(t *testing.T) {
	t.Parallel()
	around := []string{"", "invalid token: ", `{"message":"`, "key=", "a", "ab", "abc", "%", `x\`, "&", "<b>"}
	random := rand.New(rand.NewPCG(1, 2))
	cases := 20_000
	if testing.Short() {
		cases = 2_000
	}
	for range cases {
		secret := randomSecret(random)
		r := NewRegister()
		r.Add(randomSecret(random), secret, randomSecret(random))
		first, second := secretscan.Encoders[random.IntN(len(secretscan.Encoders))], secretscan.Encoders[random.IntN(len(secretscan.Encoders))]
		text := around[random.IntN(len(around))] + first.Text(secret) + around[random.IntN(len(around))]
		if !r.Repeats(text) {
			t.Errorf("%s of %q is not recognized: %q", first.Name, secret, text)
		}
		if twice := second.Text(first.Text(secret)); !r.Repeats(twice) && !loses(first) && !loses(second) {
			t.Errorf("%s of %s of %q is not recognized: %q", second.Name, first.Name, secret, twice)
		}
	}
}

// loses reports whether an encoder loses information, because it truncates a text or changes its case.
func loses(e secretscan.Encoder) bool {
	return strings.HasSuffix(e.Name, "case") || strings.HasPrefix(e.Name, "cut") || e.Name == "the middle"
}
