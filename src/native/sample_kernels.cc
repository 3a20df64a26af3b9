// Bernoulli and Poisson draws of sample(); see sample_kernels.h.
#include "native/sample_kernels.h"

#include <array>
#include <cmath>
#include <optional>

#include "native/xor_shift.h"

namespace grebe::native {

using duckdb::LogicalType;

namespace {

/// java.util.Random's first nextLong: the seed of Spark's first partition.
int64_t first_long(int64_t seed) {
  constexpr uint64_t kMultiplier = 0x5DEECE66DULL;
  constexpr uint64_t kMask = (1ULL << 48) - 1;
  uint64_t state = (static_cast<uint64_t>(seed) ^ kMultiplier) & kMask;
  const auto next = [&] {
    state = (state * kMultiplier + 0xBULL) & kMask;
    return static_cast<int32_t>(static_cast<uint32_t>(state >> 16));
  };
  const uint64_t high = static_cast<uint64_t>(static_cast<int64_t>(next())) << 32;
  return static_cast<int64_t>(high + static_cast<uint64_t>(static_cast<int64_t>(next())));
}

/// The generator WELL19937c, seeded as Apache Commons Math seeds it.
class Well19937c {
 public:
  explicit Well19937c(int64_t seed) {
    state_[0] = static_cast<uint32_t>(static_cast<uint64_t>(seed) >> 32);
    state_[1] = static_cast<uint32_t>(seed);
    for (size_t i = 2; i < kWords; ++i) {
      const int64_t word = static_cast<int32_t>(state_[i - 2]);
      const auto mixed = static_cast<uint64_t>(word ^ (word >> 30));
      state_[i] = static_cast<uint32_t>(1812433253ULL * mixed + i);
    }
  }

  double next_double() {
    const uint64_t high = static_cast<uint64_t>(next() >> 6) << 26;
    return static_cast<double>(high | (next() >> 6)) * 0x1.0p-52;
  }

 private:
  static constexpr size_t kWords = 624;

  uint32_t next() {
    const size_t before = (index_ + kWords - 1) % kWords;
    const size_t second_before = (index_ + kWords - 2) % kWords;
    const uint32_t v0 = state_[index_];
    const uint32_t v1 = state_[(index_ + 70) % kWords];
    const uint32_t v2 = state_[(index_ + 179) % kWords];
    const uint32_t v3 = state_[(index_ + 449) % kWords];
    const uint32_t z0 = (0x80000000U & state_[before]) ^ (0x7FFFFFFFU & state_[second_before]);
    const uint32_t z1 = (v0 ^ (v0 << 25)) ^ (v1 ^ (v1 >> 27));
    const uint32_t z2 = (v2 >> 9) ^ (v3 ^ (v3 >> 1));
    const uint32_t z3 = z1 ^ z2;
    uint32_t z4 = z0 ^ (z1 ^ (z1 << 9)) ^ (z2 ^ (z2 << 21)) ^ (z3 ^ (z3 >> 21));
    state_[index_] = z3;
    state_[before] = z4;
    state_[second_before] &= 0x80000000U;
    index_ = before;
    z4 ^= (z4 << 7) & 0xE46E1700U;
    z4 ^= (z4 << 15) & 0x9B868000U;
    return z4;
  }

  std::array<uint32_t, kWords> state_{};
  size_t index_ = 0;
};

/// Poisson variates by products of uniform draws (PoissonDistribution.sample for small means).
class PoissonDraws {
 public:
  PoissonDraws(int64_t seed, double mean) : random_(first_long(seed)), mean_(mean) {}

  int64_t next() {
    if (mean_ <= 0) return 0;
    const double bound = std::exp(-mean_);
    int64_t count = 0;
    double product = 1;
    while (static_cast<double>(count) < 1000 * mean_) {
      product *= random_.next_double();
      if (product < bound) return count;
      ++count;
    }
    return count;
  }

 private:
  Well19937c random_;
  double mean_;
};

/// A generator that stands at a row; rows come in rising order within a thread, and those that
/// other threads took are drawn and dropped.
template <class Generator>
struct Standing : public duckdb::FunctionLocalState {
  std::optional<Generator> generator;
  int64_t next_row = 1;
};

template <class Generator>
duckdb::unique_ptr<duckdb::FunctionLocalState> init_standing(duckdb::ExpressionState&,
                                                             const duckdb::BoundFunctionExpression&,
                                                             duckdb::FunctionData*) {
  return duckdb::make_uniq<Standing<Generator>>();
}

/// `make` builds the generator of a call's arguments; the last argument is the row's number.
template <class Generator, class T, class Make, class Draw>
void add_draws(KernelRegistry& registry, const std::string& name,
               duckdb::vector<LogicalType> parameters, const LogicalType& result, Make make,
               Draw draw) {
  duckdb::ScalarFunction function(
      name, std::move(parameters), result,
      [make, draw](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& out) {
        auto& local =
            duckdb::ExecuteFunctionState::GetFunctionState(state)->Cast<Standing<Generator>>();
        auto& numbers = input.data.back();
        numbers.Flatten(input.size());
        const auto* rows = duckdb::FlatVector::GetData<int64_t>(numbers);
        auto* values = duckdb::FlatVector::GetData<T>(out);
        for (duckdb::idx_t i = 0; i < input.size(); ++i) {
          if (!local.generator || rows[i] < local.next_row) {
            local.generator.emplace(make(input));
            local.next_row = 1;
          }
          for (; local.next_row < rows[i]; ++local.next_row) draw(*local.generator);
          values[i] = draw(*local.generator);
          ++local.next_row;
        }
      });
  function.init_local_state = &init_standing<Generator>;
  function.SetVolatile();
  registry.add(std::move(function));
}

}  // namespace

void add_sample_kernels(KernelRegistry& registry) {
  const LogicalType whole = LogicalType::BIGINT;
  add_draws<XorShift, double>(
      registry, "grebe_sample_draw", {whole, whole}, LogicalType::DOUBLE,
      [](duckdb::DataChunk& input) {
        return XorShift(input.data[0].GetValue(0).GetValue<int64_t>());
      },
      [](XorShift& random) { return random.next_double(); });
  add_draws<PoissonDraws, int64_t>(
      registry, "grebe_sample_copies", {whole, LogicalType::DOUBLE, whole}, whole,
      [](duckdb::DataChunk& input) {
        return PoissonDraws(input.data[0].GetValue(0).GetValue<int64_t>(),
                            input.data[1].GetValue(0).GetValue<double>());
      },
      [](PoissonDraws& random) { return random.next(); });
}

}  // namespace grebe::native
