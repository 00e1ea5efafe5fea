# The words of this project. .ci/run calls them; so can you.

.PHONY: check fmt vet lint packages node deno test types cross bench

check: fmt vet lint packages node deno test types cross

# fmt fails where gofmt would change something.
fmt:
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt would change:" $$unformatted; exit 1; }

vet:
	go vet ./...

lint:
	go tool staticcheck ./...

# packages installs what the tests run of npm: packages, realtime clients with
# their servers, and Deno. It needs Node.js and npm.
packages:
	@command -v npm >/dev/null || { echo "installing the packages needs Node.js and npm, which are not installed"; exit 1; }
	cd e2e/packages && npm ci --ignore-scripts --no-audit --no-fund --silent
	cd e2e/clients && npm ci --ignore-scripts --no-audit --no-fund --silent
	cd e2e/clients/nats && go mod download
	cd e2e/runtimes && npm ci --ignore-scripts --no-audit --no-fund --silent

# node runs the suite of the web's globals on Node.js 20, to prove that it asks
# for what the standards say, and sees whether the table of URLs is up to date.
node:
	@command -v node >/dev/null || { echo "running the suite needs Node.js, which is not installed"; exit 1; }
	node --no-deprecation runtime/testdata/web/all.js
	node runtime/testdata/web/make_url_table.js && git diff --exit-code --stat runtime/testdata/web
	go test -count=1 -run TestWebSuite/node ./e2e

# deno runs what of the suite needs servers on Deno, which packages installs.
deno:
	go test -count=1 -run TestWebSuite/deno ./e2e

test:
	go test -race ./...

# types checks the SDK's declarations and its sources with the TypeScript
# compiler, which needs Node.js and npm.
types:
	@command -v npm >/dev/null || { echo "the type tests need Node.js and npm, which are not installed"; exit 1; }
	cd sdk/types_test && npm ci --no-audit --no-fund --silent && npx tsc -p . && npx tsc -p .. && \
		for with in neither dom worker node both; do npx tsc -p globals/$$with || exit 1; done

# cross builds for every system that is supported, without cgo, and vets for
# each, once: no file here is for one processor only.
cross:
	@for target in linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64; do \
		echo "build $$target"; \
		GOOS=$${target%/*} GOARCH=$${target#*/} CGO_ENABLED=0 go build -o /dev/null ./cmd/extrun || exit 1; \
	done
	@for system in linux darwin windows; do \
		echo "vet $$system"; \
		GOOS=$$system CGO_ENABLED=0 go vet ./... || exit 1; \
	done

# bench compares the working tree with the last commit, for example
# make bench BENCH=Send PACKAGES=./bench COUNT=10 BASE=HEAD~3
bench:
	@BASE='$(BASE)' BENCH='$(BENCH)' COUNT='$(COUNT)' TIME='$(TIME)' PACKAGES='$(PACKAGES)' .ci/bench
