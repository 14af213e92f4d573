# The day's verbs; `just` alone lists them.
default:
    @just --list

# Start the demonstration portal
run:
    cargo run -- demo

# Everything, as CI does
test *args:
    ./test {{args}}

# End-to-end tests only
e2e *args:
    ./test e2e {{args}}

lint:
    cargo fmt --check
    cargo clippy --workspace --all-targets -- -D warnings

deny:
    cargo deny check

docs:
    cargo doc --workspace --no-deps --open

# Accept changed snapshots
bless:
    cargo insta accept

# Rebuild the pages' scripts
web:
    cd crates/portal/web && npm ci && npm run build

# Side by side with what people use today
bench *args:
    benches/run {{args}}
