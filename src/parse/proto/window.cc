// spark.connect.Expression.Window → plan::Window.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {

plan::FrameBound Conversion::frame_bound(
    const sc::Expression::Window::WindowFrame::FrameBoundary& message) {
  using Message = sc::Expression::Window::WindowFrame::FrameBoundary;
  using Kind = plan::FrameBound::Kind;
  switch (message.boundary_case()) {
    case Message::kCurrentRow:
      return {.kind = Kind::kCurrentRow, .offset = nullptr};
    case Message::kUnbounded:
      // Which end is meant depends on whose bound it is; the caller settles it.
      return {.kind = Kind::kUnboundedPreceding, .offset = nullptr};
    case Message::kValue:
      break;
    case Message::BOUNDARY_NOT_SET:
      throw invalid_plan("Unknown FrameBoundary BOUNDARY_NOT_SET");
  }
  auto offset = expression(message.value());
  // A constant is a signed distance, which names show as it is.
  if (const auto* constant = std::get_if<plan::Literal>(&offset->node)) {
    if (const auto* whole = std::get_if<int64_t>(&constant->value.data)) {
      if (*whole == 0) return {.kind = Kind::kCurrentRow, .offset = nullptr};
    }
    if (const auto* real = std::get_if<double>(&constant->value.data); real && *real < 0) {
      return {.kind = Kind::kPreceding,
              .offset =
                  plan::make_expression(plan::Literal{.type = constant->type, .value = {-*real}})};
    }
  }
  return {.kind = Kind::kFollowing, .offset = std::move(offset)};
}

plan::ExpressionPtr Conversion::window(const sc::Expression::Window& message) {
  using Frame = sc::Expression::Window::WindowFrame;
  plan::Window window{.function = expression(message.window_function()),
                      .partition_by = expressions(message.partition_spec()),
                      .order_by = {},
                      .frame = std::nullopt,
                      .window_name = {}};
  for (const auto& order : message.order_spec()) window.order_by.push_back(sort_order(order));
  if (message.has_frame_spec()) {
    const auto& spec = message.frame_spec();
    plan::WindowFrame frame;
    switch (spec.frame_type()) {
      case Frame::FRAME_TYPE_ROW:
        frame.unit = plan::FrameUnit::kRows;
        break;
      case Frame::FRAME_TYPE_RANGE:
        frame.unit = plan::FrameUnit::kRange;
        break;
      default:
        throw invalid_plan("Unknown FrameType FRAME_TYPE_UNDEFINED");
    }
    if (!spec.has_lower()) throw invalid_plan("LowerBound is required in WindowFrame");
    if (!spec.has_upper()) throw invalid_plan("UpperBound is required in WindowFrame");
    frame.lower = frame_bound(spec.lower());
    frame.upper = frame_bound(spec.upper());
    if (frame.upper.kind == plan::FrameBound::Kind::kUnboundedPreceding) {
      frame.upper.kind = plan::FrameBound::Kind::kUnboundedFollowing;
    }
    window.frame = std::move(frame);
  }
  return plan::make_expression(std::move(window));
}

}  // namespace grebe::parse::proto
