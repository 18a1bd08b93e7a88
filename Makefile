# uv does the work, on the committed lock; where it is not installed, .tools/ gets one of its own.
UV_VERSION := 0.13.8
UV := $(or $(shell command -v uv),.tools/bin/uv)
RUN := $(UV) run --locked
BUNDLE := $(RUN) --no-default-groups --group assets python -m app.pages.bundle

# HOST is not taken from the environment, where other programs leave the machine's name.
HOST := $(or $(BPTT_HOST),127.0.0.1)
PORT ?= $(or $(BPTT_PORT),8000)

ifdef PYTHON
export UV_PYTHON := $(PYTHON)
endif
export DENO_NO_UPDATE_CHECK := 1
unexport VIRTUAL_ENV
# Images set it; without cached bytecode each of the hundreds of processes of the tests compiles all it imports.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run dev test test-all lint lint-python lint-types lint-scripts format types assets wheel bench frameworks mutants screenshots clean chromium redis

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /make \1@/p' $(firstword $(MAKEFILE_LIST)) | awk -F@ '{ printf "%-18s%s\n", $$1, $$2 }'

run: $(UV) ## serve on http://127.0.0.1:8000/; HOST=0.0.0.0 PORT=9000 change the address
	@$(BUNDLE) --if-needed
	@BPTT_HOST=$(HOST) BPTT_PORT=$(PORT) $(RUN) --no-dev bptt-explorer

dev: $(UV) ## serve the files as written, and restart when they change
	@BPTT_BUNDLE=0 BPTT_HOST=$(HOST) BPTT_PORT=$(PORT) $(RUN) bptt-explorer --reload

# Three workers on two cores, since some tests wait; each has whole files. Browser tests are last
# (tests/browser/conftest.py), hence no other order.
PYTEST := $(RUN) pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

test: lint chromium redis ## lint, check types and run the tests, in a real browser too; takes minutes
	@$(PYTEST) -m 'not exhaustive'

test-all: lint chromium redis ## run the exhaustive tests too, and the Python tests on other BLAS kernels
	@start=$$(date +%s) && $(PYTEST) && \
		$(RUN) python -m tests.kernels && \
		echo "make test-all: $$(( $$(date +%s) - start )) s"

lint: $(UV) ## check style and types of Python, JavaScript and CSS
	@$(MAKE) --no-print-directory --jobs 2 lint-types lint-scripts lint-python

lint-python: $(UV)
	@$(RUN) ruff check --quiet
	@$(RUN) ruff format --check --quiet

lint-types: $(UV)
	@$(RUN) mypy --no-error-summary

lint-scripts: $(UV)
	@$(RUN) deno lint --quiet deno.assets.js static tests/js
	@$(RUN) deno fmt --check --quiet deno.assets.js static/js static/css tests/js
	@$(RUN) deno check --quiet static/js tests/js

format: $(UV) ## rewrite the code in the project's style
	@$(RUN) ruff check --fix-only --quiet
	@$(RUN) ruff format --quiet
	@$(RUN) deno fmt --quiet deno.assets.js static/js static/css tests/js

types: $(UV) ## generate the scripts' types of the API and the table of docs/conventions.md
	@$(RUN) python -m tests.api_types
	@$(RUN) python -m tests.conventions

assets: $(UV) ## build the bundle that `make run` serves: fewer bytes, fewer requests
	@$(BUNDLE)

wheel: assets ## build the wheel, with the bundle, in dist
	@$(UV) build --quiet --wheel

bench: $(UV) ## run benchmarks; results are ratios within one run
	@$(RUN) pytest tests/benchmarks

frameworks: $(UV) ## run PyTorch, Keras, Flax, Equinox and ONNX anew, and compare; installs 5 GB
	@folder=$$(mktemp -d) && $(UV) run --locked --isolated --no-default-groups --group frameworks \
		sh -c 'python -m tests.frameworks.record "$$1" && python -m tests.frameworks.exported' - "$$folder" && \
		BPTT_FRAMEWORKS="$$folder" $(RUN) pytest tests/interchange/test_frameworks.py; \
		status=$$?; rm -rf "$$folder"; exit $$status
	@for library in torch jax keras; do \
		BPTT_SCRIPTS=$$library $(UV) run --locked --isolated --group frameworks $$(test $$library != keras || echo --with tensorflow) \
			pytest --quiet -m 'not exhaustive' tests/api/test_training_script.py || exit $$?; \
	done

mutants: $(UV) ## make small faults in the code and report which of them no test notices
	@$(RUN) python -m tests.mutants $(ARGS)

screenshots: chromium ## regenerate the screenshots of the documentation and a gallery for review
	@$(RUN) python -m tests.screenshots

clean: ## remove everything that the other targets create
	@rm -rf .venv .tools node_modules static/lean static/lean.new .*_cache .benchmarks .hypothesis .schemathesis build dist schemathesis-report test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

chromium: $(UV)
	@$(RUN) python -m tests.chromium --install

redis: $(UV)
	@$(RUN) python -m tests.redis_server --install

.tools/bin/uv:
	@$(or $(PYTHON),python3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'BPTT Explorer needs Python 3.11 or newer; if one is installed under another name: make PYTHON=python3.12 ...'; exit 1; }
	@$(or $(PYTHON),python3) -c 'import ensurepip, venv' 2> /dev/null || { \
		echo 'This Python cannot make a virtual environment; install its venv package (on Debian: apt-get install python3-venv).'; exit 1; }
	@$(or $(PYTHON),python3) -m venv --clear .tools
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
