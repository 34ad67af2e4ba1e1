# `make` lists what there is. Everything here works on a fresh Debian 12 machine that has Swift 6.3.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# release or debug, of both `build` and `test`: in release the tests link the very modules of the command.
CONFIGURATION ?= release

# SwiftPM finds libtorch's headers through torch.pc; the binaries find its libraries through their run path.
torch := $(abspath $(or $(WEFT_TORCH),.deps/torch))
# Tests look inside some modules; built so for the command too, no module is compiled twice.
flags := --pkg-config-path $(CURDIR)/.deps/pkgconfig -Xlinker -rpath -Xlinker $(torch)/lib \
  -Xswiftc -enable-testing
weft := .build/$(CONFIGURATION)/weft
demo := runs/demo

# The sanitizers watch the data half: what libtorch does inside is not ours to mend.
sanitize = WEFT_WITHOUT_TORCH=1 swift test --disable-xctest --scratch-path .build-$(1) --sanitize=$(2)

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: build ## Install what weft needs (Debian packages, libtorch under .deps/) and build it; quick when done

.PHONY: build
build: deps ## Build the command: .build/release/weft
	@swift build -c $(CONFIGURATION) $(flags) --product weft-model
	@swift build -c $(CONFIGURATION) $(flags) --product weft

.PHONY: demo
demo: ## The whole way: a real crawl, three corpora, shards, a trained model, in runs/demo
	@rm -f .build/demo-times
	@scripts/timed set-up scripts/setup
	@scripts/timed build make build
	@scripts/timed crawl scripts/sample-crawl
	@scripts/timed run $(weft) run pipelines/demo.yaml
	@scripts/timed stats $(weft) stats $(demo)
	@scripts/timed generate scripts/caption-images $(weft) $(demo)
	@scripts/timed report $(weft) report $(demo)
	@scripts/timed --summary

.PHONY: test
test: deps ## Run all tests, without network
	@Tests/scripts/setup-errors.sh
	@swift build -c $(CONFIGURATION) $(flags) --build-tests
	@swift test -c $(CONFIGURATION) $(flags) --skip-build --disable-xctest

.PHONY: test-s3
test-s3: ## Read and write a real store, SeaweedFS (PyPI) on loopback, and run a small pipeline from it
	@scripts/test-s3

.PHONY: test-scale
test-scale: build ## Run the demo's data half on Ray (PyPI) while its processes are killed at random, and compare the bytes
	@scripts/sample-crawl
	@scripts/test-scale --weft $(weft)
	@scripts/test-scale --weft $(weft) --store --place runs/test-scale-store

.PHONY: bench-scale
bench-scale: build ## Time small partitions by each executor, and the demo's data half by one worker and by two
	@scripts/sample-crawl
	@scripts/bench-scale --weft $(weft)

.PHONY: dist
dist: build ## Pack weft with the libraries it needs: .build/dist/weft-*.tar.gz, with the model and without
	@scripts/dist --build .build/$(CONFIGURATION)
	@scripts/dist --build .build/$(CONFIGURATION) --data-half

.PHONY: test-dist
test-dist: dist ## Run the tarball in a bare root of Debian 12, from a crawl to a trained model (root, debootstrap)
	@scripts/test-dist

.PHONY: test-python
test-python: ## Read RUN= (runs/demo) and images of every format with Python's packages (PyPI), as docs/formats.md says
	@scripts/test-python --run $(or $(RUN),$(demo)) --weft $(weft)

.PHONY: test-browser
test-browser: build ## Look at RUN= (runs/demo) with weft serve in Debian's headless Chromium; SCREENSHOTS= keeps pictures
	@scripts/test-browser --run $(or $(RUN),$(demo)) --weft $(weft) $(if $(SCREENSHOTS),--screenshots $(SCREENSHOTS))

.PHONY: bench-extract
bench-extract: build ## Time extraction of WARC= (the sample crawl) beside libxml2, trafilatura and resiliparse
	@swift build -c $(CONFIGURATION) $(flags) --product xml-trees
	@[[ -n "$(WARC)" ]] || scripts/sample-crawl gimp-en
	@scripts/bench-extract $(or $(WARC),.crawl/warc/gimp-en.warc.gz) $(dir $(weft))

.PHONY: bench-images
bench-images: build ## Time fetching and decoding of the sample crawl's images beside img2dataset
	@scripts/sample-crawl
	@scripts/bench-images --weft $(weft)

.PHONY: bench-deduplicate
bench-deduplicate: build ## Time finding duplicates among 1,000 to 100,000 documents beside datatrove, and compare them
	@scripts/sample-crawl
	@scripts/bench-deduplicate --weft $(weft)

.PHONY: bench-languages
bench-languages: deps ## Measure language identification on translated package descriptions beside fastText
	@swift build -c $(CONFIGURATION) $(flags) --product identify-languages
	@scripts/bench-languages --identify .build/$(CONFIGURATION)/identify-languages

.PHONY: bench-loader
bench-loader: deps ## Time reading the train shards of RUN= (runs/demo) beside webdataset and mosaicml-streaming
	@swift build -c $(CONFIGURATION) $(flags) --product weft
	@scripts/bench-loader --run $(or $(RUN),$(demo)) --weft .build/$(CONFIGURATION)/weft

.PHONY: bench-tokenize
bench-tokenize: build ## Time encoding of the sample crawl's text beside SentencePiece's Python package
	@swift build -c $(CONFIGURATION) $(flags) --product encode-text
	@scripts/sample-crawl
	@scripts/bench-tokenize --build .build/$(CONFIGURATION)

.PHONY: bench-ranks
bench-ranks: build ## Time training by one process and by two, on the shards of RUN= (runs/demo)
	@scripts/bench-ranks --run $(or $(RUN),$(demo)) --pipeline $(or $(PIPELINE),pipelines/demo.yaml) --steps 22 --rounds 2

.PHONY: bench-train
bench-train: deps ## Time training steps of a decoder beside PyTorch's eager mode and torchscale, and measure their memory
	@swift build -c $(CONFIGURATION) $(flags) --product train-steps
	@scripts/bench-train --train .build/$(CONFIGURATION)/train-steps
	@scripts/bench-train --train .build/$(CONFIGURATION)/train-steps --memory

.PHONY: parity
parity: deps ## Hold the model against its references and print the greatest differences; WEFT_PARITY= names more goldens
	@swift build -c $(CONFIGURATION) $(flags) --build-tests
	@rm -f .build/parity.tsv
	@WEFT_PARITY_REPORT=$(CURDIR)/.build/parity.tsv swift test -c $(CONFIGURATION) $(flags) --skip-build --disable-xctest \
	  --filter 'KosmosTests|TrainingTests|ImageDecodingTests' >.build/parity.log 2>&1 || { cat .build/parity.log; exit 1; }
	@scripts/parity-table .build/parity.tsv

.PHONY: reproduce
reproduce: build ## Repeat claims of the papers at a small size, in docs/reproduction.md (half an hour)
	@swift build -c $(CONFIGURATION) $(flags) --product reproduce
	@scripts/reproduce .build/$(CONFIGURATION)

.PHONY: bench-encode
bench-encode: deps ## Time the vision encoder, alone and from files, beside PyTorch
	@swift build -c $(CONFIGURATION) $(flags) --product encode-images
	@scripts/sample-crawl
	@scripts/bench-encode --build .build/$(CONFIGURATION)

.PHONY: bench-features
bench-features: build ## Train on features of each storage beside training on pixels
	@swift build -c $(CONFIGURATION) $(flags) --product feature-losses
	@scripts/sample-crawl
	@scripts/bench-features --build .build/$(CONFIGURATION)

.PHONY: lint
lint: ## Check format, lengths of files, and that no path of a machine is written down
	@scripts/lint

.PHONY: asan
asan: deps ## Run the data half's tests under AddressSanitizer and LeakSanitizer
	@$(call sanitize,asan,address)

.PHONY: fuzz
fuzz: deps ## Fuzz the readers of untrusted bytes for SECONDS seconds in all (300)
	@scripts/fuzz $(or $(SECONDS),300)

.PHONY: tsan
tsan: deps ## Run the data half's tests under ThreadSanitizer
	@$(call sanitize,tsan,thread)

.PHONY: clean
clean: ## Remove what was built
	@rm -rf .build .build-asan .build-tsan .build-fuzz

.PHONY: distclean
distclean: clean ## Remove what was downloaded as well; runs/ stays
	@rm -rf .deps .crawl .bench Package.resolved

.PHONY: deps
deps:
	@scripts/setup
