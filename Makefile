# `make` alone lists the commands. ARGS passes words on: make run ARGS="--home /path", make test ARGS="-k nik"
.DEFAULT_GOAL := help
.PHONY: help run test demo bench lint screens words lock clean ready-run ready-dev

PYTHON_IN_VENV := .venv/bin/python
# A screen such as village offices have; without Xvfb, Qt paints into memory.
SCREEN = $(if $(shell command -v xvfb-run),xvfb-run -a -s "-screen 0 1366x768x24",env QT_QPA_PLATFORM=offscreen)
COMPILE = .venv/bin/uv pip compile --no-config --system-certs --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" $(ARGS)

help: ## lists these commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

run: ready-run ## opens the window; where there is no display, runs the demo instead
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(PYTHON_IN_VENV) -m kerjadesa $(ARGS); \
	else \
		echo "No display here, so no window: running the demo instead."; \
		rm -rf build/demo; \
		$(PYTHON_IN_VENV) -m kerjadesa demo --out build/demo $(ARGS); \
	fi

test: lint ## lint, then every test
	QT_QPA_PLATFORM=offscreen $(PYTHON_IN_VENV) -m pytest --numprocesses auto --dist worksteal $(ARGS)

demo: ready-run ## a hand-over ceremony with invented workers, left in build/demo
	@rm -rf build/demo
	$(PYTHON_IN_VENV) -m kerjadesa demo --out build/demo $(ARGS)

bench: ready-dev ## measures the program against its goals
	$(SCREEN) $(PYTHON_IN_VENV) -m tests.bench $(ARGS)

lint: ready-dev ## style, types and the arrows between the rooms
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

screens: ready-dev ## photographs every page into build/screens
	$(SCREEN) $(PYTHON_IN_VENV) -m tests.screens $(ARGS)

words: ready-dev ## collects new messages into resources/translations and compiles them
	@packaging/words.sh

lock: ready-dev ## resolves the locks anew from pyproject.toml; ARGS=--upgrade takes newer versions
	$(COMPILE) pyproject.toml --extra dev --output-file packaging/requirements-dev.lock
	$(COMPILE) pyproject.toml --constraints packaging/requirements-dev.lock --output-file packaging/requirements.lock
	$(COMPILE) packaging/requirements-build.in --constraints packaging/requirements-dev.lock --output-file packaging/requirements-build.lock

clean: ## removes what was built and cached; leaves .venv
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find kerjadesa tests -name __pycache__ -type d -prune -exec rm -rf {} +

ready-run:
	@packaging/bootstrap.sh run

ready-dev:
	@packaging/bootstrap.sh dev
