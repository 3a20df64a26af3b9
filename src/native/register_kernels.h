// A fresh DuckDB instance → the same with every kernel as a function named grebe_….
#pragma once

namespace duckdb {
class Connection;
}

namespace grebe::native {

/// Adds all kernels to the instance's system catalogue. DatabaseOptions::register_kernels.
void register_kernels(duckdb::Connection& connection);

}  // namespace grebe::native
