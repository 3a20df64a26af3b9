// describe, summary and df.stat of messages → plan relations.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {

plan::Relation::Node Conversion::statistics(const sc::Relation& message) {
  using Message = sc::Relation;
  switch (message.rel_type_case()) {
    case Message::kSummary:
      return plan::StatSummary{relation(message.summary().input()),
                               strings_of(message.summary().statistics())};
    case Message::kDescribe:
      return plan::StatDescribe{relation(message.describe().input()),
                                strings_of(message.describe().cols())};
    case Message::kCrosstab:
      return plan::StatCrosstab{relation(message.crosstab().input()), message.crosstab().col1(),
                                message.crosstab().col2()};
    case Message::kCov:
      return plan::StatCov{relation(message.cov().input()), message.cov().col1(),
                           message.cov().col2()};
    case Message::kCorr:
      return plan::StatCorr{relation(message.corr().input()), message.corr().col1(),
                            message.corr().col2(),
                            message.corr().has_method() ? message.corr().method() : "pearson"};
    case Message::kApproxQuantile: {
      const auto& quantile = message.approx_quantile();
      return plan::StatApproxQuantile{
          .input = relation(quantile.input()),
          .columns = strings_of(quantile.cols()),
          .probabilities = {quantile.probabilities().begin(), quantile.probabilities().end()},
          .relative_error = quantile.relative_error()};
    }
    case Message::kFreqItems: {
      const auto& items = message.freq_items();
      return plan::StatFreqItems{
          .input = relation(items.input()),
          .columns = strings_of(items.cols()),
          .support = items.has_support() ? std::optional<double>(items.support()) : std::nullopt};
    }
    case Message::kSampleBy: {
      const auto& sample = message.sample_by();
      plan::StatSampleBy out{
          .input = relation(sample.input()),
          .column = expression(sample.col()),
          .fractions = {},
          .seed = sample.has_seed() ? std::optional<int64_t>(sample.seed()) : std::nullopt};
      for (const auto& fraction : sample.fractions()) {
        out.fractions.emplace_back(literal(fraction.stratum()), fraction.fraction());
      }
      return out;
    }
    default:
      throw core::internal_error("statistics() of another relation");
  }
}

}  // namespace grebe::parse::proto
