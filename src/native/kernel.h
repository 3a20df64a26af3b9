// A row function of C++ types → a vectorised DuckDB scalar function.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/spark_error.h"
#include "duckdb.hpp"
#include "duckdb/common/vector_operations/binary_executor.hpp"
#include "duckdb/common/vector_operations/ternary_executor.hpp"
#include "duckdb/common/vector_operations/unary_executor.hpp"
#include "duckdb/function/function_set.hpp"
#include "duckdb/function/scalar_function.hpp"
#include "duckdb/planner/expression/bound_function_expression.hpp"
#include "engine/kernel_state.h"

namespace grebe::native {

using int128 = __int128;

/// What a kernel may look at besides its arguments: the session's settings, and where errors go.
class KernelContext {
 public:
  explicit KernelContext(duckdb::ExpressionState& state)
      : state_(engine::KernelState::of(state.GetContext())) {}

  const engine::ExecutionSettings& settings() const { return state_.settings(); }
  /// Ends the statement with this error.
  [[noreturn]] void raise(core::SparkError error) const { state_.raise(std::move(error)); }

 private:
  engine::KernelState& state_;
};

/// Collects scalar functions by name; overloads of one name become one set.
class KernelRegistry {
 public:
  void add(duckdb::ScalarFunction function) {
    auto [found, is_new] = sets_.try_emplace(function.name, function.name);
    found->second.AddFunction(std::move(function));
  }
  const std::map<std::string, duckdb::ScalarFunctionSet>& sets() const { return sets_; }

 private:
  std::map<std::string, duckdb::ScalarFunctionSet> sets_;
};

namespace kernel_detail {

/// Strings reach kernels as views; anything else as it is stored.
template <class T>
struct Stored {
  using type = T;
  static T load(const T& value) { return value; }
};
template <>
struct Stored<std::string_view> {
  using type = duckdb::string_t;
  static std::string_view load(const duckdb::string_t& value) {
    return {value.GetData(), value.GetSize()};
  }
};
template <>
struct Stored<std::string> {
  using type = duckdb::string_t;
};

template <class R>
struct IsOptional : std::false_type {};
template <class R>
struct IsOptional<std::optional<R>> : std::true_type {
  using value_type = R;
};

template <class R>
typename Stored<R>::type store(duckdb::Vector& result, R value) {
  if constexpr (std::is_same_v<R, std::string>) {
    return duckdb::StringVector::AddStringOrBlob(result, value.data(), value.size());
  } else {
    return value;
  }
}

/// Stores a kernel's answer; an empty optional makes the row null.
template <class R>
auto finish(duckdb::Vector& result, R answer, duckdb::ValidityMask& mask, duckdb::idx_t row) {
  if constexpr (IsOptional<R>::value) {
    using Value = typename IsOptional<R>::value_type;
    using Out = typename Stored<Value>::type;
    if (!answer) {
      mask.SetInvalid(row);
      return Out{};
    }
    return Out(store<Value>(result, *std::move(answer)));
  } else {
    return typename Stored<R>::type(store<R>(result, std::move(answer)));
  }
}

template <class R>
struct Plain {
  using type = R;
};
template <class R>
struct Plain<std::optional<R>> {
  using type = R;
};

}  // namespace kernel_detail

/// A function of one argument, `f(context, a)` → R or optional<R>. Nulls give null.
template <class A, class F>
duckdb::ScalarFunction unary_kernel(std::string name, duckdb::LogicalType argument,
                                    duckdb::LogicalType result_type, F f) {
  using Answer = std::invoke_result_t<F, const KernelContext&, A>;
  using Out = typename kernel_detail::Stored<typename kernel_detail::Plain<Answer>::type>::type;
  using In = typename kernel_detail::Stored<A>::type;
  duckdb::ScalarFunction function(
      std::move(name), {std::move(argument)}, std::move(result_type),
      [f](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        const KernelContext context(state);
        duckdb::UnaryExecutor::ExecuteWithNulls<In, Out>(
            input.data[0], result, input.size(),
            [&](In a, duckdb::ValidityMask& mask, duckdb::idx_t row) {
              return kernel_detail::finish(result, f(context, kernel_detail::Stored<A>::load(a)),
                                           mask, row);
            });
      });
  function.SetFallible();
  return function;
}

/// A function of two arguments.
template <class A, class B, class F>
duckdb::ScalarFunction binary_kernel(std::string name, duckdb::LogicalType a, duckdb::LogicalType b,
                                     duckdb::LogicalType result_type, F f) {
  using Answer = std::invoke_result_t<F, const KernelContext&, A, B>;
  using Out = typename kernel_detail::Stored<typename kernel_detail::Plain<Answer>::type>::type;
  using InA = typename kernel_detail::Stored<A>::type;
  using InB = typename kernel_detail::Stored<B>::type;
  duckdb::ScalarFunction function(
      std::move(name), {std::move(a), std::move(b)}, std::move(result_type),
      [f](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        const KernelContext context(state);
        duckdb::BinaryExecutor::ExecuteWithNulls<InA, InB, Out>(
            input.data[0], input.data[1], result, input.size(),
            [&](InA left, InB right, duckdb::ValidityMask& mask, duckdb::idx_t row) {
              return kernel_detail::finish(result,
                                           f(context, kernel_detail::Stored<A>::load(left),
                                             kernel_detail::Stored<B>::load(right)),
                                           mask, row);
            });
      });
  function.SetFallible();
  return function;
}

/// A function of three arguments.
template <class A, class B, class C, class F>
duckdb::ScalarFunction ternary_kernel(std::string name, duckdb::LogicalType a,
                                      duckdb::LogicalType b, duckdb::LogicalType c,
                                      duckdb::LogicalType result_type, F f) {
  using Answer = std::invoke_result_t<F, const KernelContext&, A, B, C>;
  using Out = typename kernel_detail::Stored<typename kernel_detail::Plain<Answer>::type>::type;
  using InA = typename kernel_detail::Stored<A>::type;
  using InB = typename kernel_detail::Stored<B>::type;
  using InC = typename kernel_detail::Stored<C>::type;
  duckdb::ScalarFunction function(
      std::move(name), {std::move(a), std::move(b), std::move(c)}, std::move(result_type),
      [f](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        const KernelContext context(state);
        duckdb::TernaryExecutor::ExecuteWithNulls<InA, InB, InC, Out>(
            input.data[0], input.data[1], input.data[2], result, input.size(),
            [&](InA x, InB y, InC z, duckdb::ValidityMask& mask, duckdb::idx_t row) {
              return kernel_detail::finish(
                  result,
                  f(context, kernel_detail::Stored<A>::load(x), kernel_detail::Stored<B>::load(y),
                    kernel_detail::Stored<C>::load(z)),
                  mask, row);
            });
      });
  function.SetFallible();
  return function;
}

}  // namespace grebe::native
