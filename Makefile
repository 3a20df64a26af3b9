# One entry for each task; CI calls the same ones.
SHELL := /bin/bash
.DEFAULT_GOAL := help
JOBS ?= $(shell nproc)
export CMAKE_BUILD_PARALLEL_LEVEL := $(JOBS)

.PHONY: setup build demo test modes differential fuzz kernels lint bench interop clean help

setup: ## fetch and verify everything that the build and the tests need (idempotent)
	@scripts/setup

build: build/release/build.ninja ## the release binary, as build/grebe
	@cmake --build --preset release --target grebe
	@ln -sfn release/grebe build/grebe
	@echo "built: build/grebe"

build/release/build.ninja: CMakeLists.txt CMakePresets.json cmake/third_party.cmake scripts/pins.toml
	@cmake --preset release

demo: setup build ## set everything up and run the TPC-H lakehouse benchmark at SF 0.1
	@scripts/demo

test: ## set everything up and run every test
	@python3 scripts/check_layers.py
	@$(MAKE) --no-print-directory setup build
	@python3 scripts/run_tests.py

modes: setup build ## the recorded answers with 1 and 4 threads, tiny batches, no optimizer, in process, and under ANSI
	@python3 scripts/run_tests.py --suite modes

differential: setup build ## random queries on Grebe and on a real Spark 3.5.7; COUNT, SEED
	@scripts/differential.py --count $(or $(COUNT),1000) --seed $(or $(SEED),1)

fuzz: setup build ## libFuzzer over parser, types, plans and analyzer, SECONDS (600) each; needs clang-14 and its libFuzzer
	@cmake --preset fuzz >/dev/null
	@cmake --build --preset fuzz
	@scripts/fuzz.py --seconds $(or $(SECONDS),600)

kernels: setup build ## CPU of our own functions beside DuckDB's nearest
	@benchmarks/kernels.py

lint: ## layers, formatting, clang-tidy on what changed
	@scripts/lint

bench: build ## the benchmark with its configuration; arguments in ARGS
	@build/grebe bench $(or $(ARGS),all)

interop: setup build ## exchange tables with a real Spark 3.5.7
	@python3 scripts/run_tests.py --suite interop

clean: ## remove what was built (the dependency cache stays)
	@rm -rf build

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/\1\t\2/' | expand -t 10
