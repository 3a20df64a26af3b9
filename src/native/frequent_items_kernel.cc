// grebe_frequent_items(key, capacity): the aggregate behind df.stat.freqItems, over keys as text.
#include <memory>

#include "duckdb.hpp"
#include "duckdb/common/vector_operations/aggregate_executor.hpp"
#include "duckdb/function/aggregate_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "native/frequent_items.h"
#include "native/sketch_kernels.h"

namespace grebe::native {
namespace {

using duckdb::AggregateFunction;
using duckdb::LogicalType;
using duckdb::string_t;

struct FrequentState {
  FrequentItems* items;
};

/// The state is null until the first key.
struct FrequentOperation {
  template <class State>
  static void Initialize(State& state) {
    state.items = nullptr;
  }

  template <class A, class B, class State, class Op>
  static void Operation(State& state, const A& key, const B& capacity,
                        duckdb::AggregateBinaryInput&) {
    if (state.items == nullptr) {
      state.items = std::make_unique<FrequentItems>(static_cast<size_t>(capacity)).release();
    }
    state.items->add(std::string(key.GetData(), key.GetSize()));
  }

  template <class State, class Op>
  static void Combine(const State& source, State& target, duckdb::AggregateInputData&) {
    if (source.items == nullptr) return;
    if (target.items == nullptr) {
      target.items = std::make_unique<FrequentItems>(*source.items).release();
    } else {
      target.items->merge(*source.items);
    }
  }

  template <class Result, class State>
  static void Finalize(State& state, Result& result, duckdb::AggregateFinalizeData& data) {
    result.offset = duckdb::ListVector::GetListSize(data.result);
    result.length = 0;
    if (state.items == nullptr) return;
    for (const auto& key : state.items->keys()) {
      duckdb::ListVector::PushBack(data.result, key[0] == 'n' ? duckdb::Value(LogicalType::VARCHAR)
                                                              : duckdb::Value(key.substr(1)));
      ++result.length;
    }
  }

  template <class State>
  static void Destroy(State& state, duckdb::AggregateInputData&) {
    std::unique_ptr<FrequentItems>(state.items).reset();
    state.items = nullptr;
  }

  static bool IgnoreNull() { return true; }
};

}  // namespace

void add_frequent_items_aggregate(duckdb::ExtensionLoader& loader) {
  auto function = AggregateFunction::BinaryAggregate<FrequentState, string_t, int64_t,
                                                     duckdb::list_entry_t, FrequentOperation>(
      LogicalType::VARCHAR, LogicalType::BIGINT, LogicalType::LIST(LogicalType::VARCHAR));
  function.name = "grebe_frequent_items";
  function.destructor = AggregateFunction::StateDestroy<FrequentState, FrequentOperation>;
  function.order_dependent = duckdb::AggregateOrderDependent::ORDER_DEPENDENT;
  loader.RegisterFunction(function);
}

}  // namespace grebe::native
