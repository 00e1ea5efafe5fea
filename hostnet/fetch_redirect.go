package hostnet

import (
	"maps"
	"net/http"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// maxRedirects is how many redirects of one request are followed.
const maxRedirects = 10

var (
	// secretHeaders are for the server alone that the extension gave them for.
	secretHeaders = []string{"Authorization", "Cookie", "Proxy-Authorization"}

	// bodyHeaders go with the body that they are about.
	bodyHeaders = []string{"Content-Type", "Content-Encoding", "Content-Language", "Content-Location"}
)

// follows reports whether an answer is a redirect that the request doesn't want
// to see.
func (r *fetchRequest) follows(status int, header http.Header) bool {
	return r.redirect != "manual" && isRedirect(status) && len(header["Location"]) > 0
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// redirect makes the next request of one that was answered with a redirect: the
// steps of "HTTP-redirect fetch" in the Fetch standard. Its URL is judged like
// any other.
func (n *Namespace) redirect(r *fetchRequest, answer *response) (*fetchRequest, error) {
	switch {
	case r.redirect == "error":
		return nil, r.redirectError("the server answered with a redirect (" + statusText(answer.status) + "), which this request doesn't allow")
	case r.hops >= maxRedirects:
		return nil, r.redirectError("the server redirected more than " + decimal(maxRedirects) + " times")
	}
	to, err := n.location(r, answer.header["Location"])
	if err != nil {
		return nil, err
	}
	next := *r
	next.to, next.header, next.hops = to, maps.Clone(r.header), r.hops+1
	if r.becomesGet(answer.status) {
		next.method, next.body = http.MethodGet, nil
		remove(next.header, bodyHeaders)
	}
	if to.origin() != r.to.origin() {
		remove(next.header, secretHeaders)
	}
	return &next, nil
}

// location is where a redirect leads.
func (n *Namespace) location(r *fetchRequest, values []string) (target, error) {
	if len(values) > 1 {
		return target{}, r.redirectError("the server's redirect has more than one Location")
	}
	if len(values[0]) > maxURL {
		return target{}, r.redirectError("the server's redirect leads to a URL of more than " + decimal(maxURL) + " bytes")
	}
	parsed, err := whatwg.ParseRef(r.to.url, values[0])
	if err != nil {
		return target{}, r.redirectError("the server's redirect leads to what is not a URL")
	}
	if parsed.Username() != "" || parsed.Password() != "" {
		return target{}, r.redirectError("the server's redirect leads to a URL with a user name or password")
	}
	to, err := n.policy.judgeRequest(strings.TrimSuffix(parsed.Href(true), "#"))
	if err != nil {
		return target{}, r.redirectRefused(err)
	}
	if r.to.secure && !to.secure {
		return target{}, r.redirectError("the server's redirect leads from https to http, " + to.display)
	}
	return to, nil
}

// becomesGet reports whether a redirect with this status turns the request into
// one that asks only.
func (r *fetchRequest) becomesGet(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound:
		return r.method == http.MethodPost
	case http.StatusSeeOther:
		return r.method != http.MethodGet && r.method != http.MethodHead
	}
	return false
}

func remove(header http.Header, names []string) {
	for _, name := range names {
		delete(header, name)
	}
}
