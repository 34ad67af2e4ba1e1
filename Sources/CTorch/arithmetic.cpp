#include <ATen/ops/all.h>
#include <ATen/ops/amax.h>
#include <ATen/ops/amin.h>
#include <ATen/ops/any.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/logsumexp.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/minimum.h>
#include <ATen/ops/sum.h>
#include <ATen/ops/where.h>

#include "boundary.h"

using namespace ctorch;

namespace {

at::Tensor apply(CTorch_Unary operation, const at::Tensor &operand) {
  switch (operation) {
    case CTorch_negate: return operand.neg();
    case CTorch_absolute: return operand.abs();
    case CTorch_exponential: return operand.exp();
    case CTorch_logarithm: return operand.log();
    case CTorch_sine: return operand.sin();
    case CTorch_cosine: return operand.cos();
    case CTorch_squareRoot: return operand.sqrt();
    case CTorch_reciprocalSquareRoot: return operand.rsqrt();
    case CTorch_square: return operand.square();
    case CTorch_sigmoid: return operand.sigmoid();
    case CTorch_hyperbolicTangent: return operand.tanh();
    case CTorch_rectify: return operand.relu();
    case CTorch_gelu: return at::gelu(operand, "none");
    case CTorch_logicalNot: return operand.logical_not();
    case CTorch_isFinite: return at::isfinite(operand);
  }
  TORCH_CHECK(false, "there is no unary operation ", static_cast<int>(operation));
}

// The operations that take a tensor or a number on their right.
template <typename Right>
at::Tensor applyCommon(CTorch_Binary operation, const at::Tensor &left, const Right &right) {
  switch (operation) {
    case CTorch_add: return left.add(right);
    case CTorch_subtract: return left.sub(right);
    case CTorch_multiply: return left.mul(right);
    case CTorch_divide: return left.div(right);
    case CTorch_power: return left.pow(right);
    case CTorch_equal: return left.eq(right);
    case CTorch_notEqual: return left.ne(right);
    case CTorch_less: return left.lt(right);
    case CTorch_lessOrEqual: return left.le(right);
    case CTorch_greater: return left.gt(right);
    case CTorch_greaterOrEqual: return left.ge(right);
    default: TORCH_CHECK(false, "operation ", static_cast<int>(operation), " takes two tensors");
  }
}

at::Tensor apply(CTorch_Binary operation, const at::Tensor &left, const at::Tensor &right) {
  switch (operation) {
    case CTorch_maximum: return at::maximum(left, right);
    case CTorch_minimum: return at::minimum(left, right);
    case CTorch_logicalAnd: return left.logical_and(right);
    case CTorch_logicalOr: return left.logical_or(right);
    default: return applyCommon(operation, left, right);
  }
}

at::Tensor reduce(CTorch_Reduction operation, const at::Tensor &operand, at::IntArrayRef dimensions,
                  bool keep) {
  switch (operation) {
    case CTorch_sum: return at::sum(operand, dimensions, keep);
    case CTorch_mean: return at::mean(operand, dimensions, keep);
    case CTorch_largest: return at::amax(operand, dimensions, keep);
    case CTorch_smallest: return at::amin(operand, dimensions, keep);
    case CTorch_euclideanNorm: return at::linalg_vector_norm(operand, 2, dimensions, keep);
    case CTorch_logSumExp: return at::logsumexp(operand, dimensions, keep);
    case CTorch_any: return at::any(operand, dimensions, keep);
    case CTorch_all: return at::all(operand, dimensions, keep);
  }
  TORCH_CHECK(false, "there is no reduction ", static_cast<int>(operation));
}

}  // namespace

CTorch_Status CTorch_unary(CTorch_Unary operation, const CTorch_Tensor *operand,
                           CTorch_Tensor **result) {
  return produce(result, [&] { return apply(operation, operand->value); });
}

CTorch_Status CTorch_binary(CTorch_Binary operation, const CTorch_Tensor *left,
                            const CTorch_Tensor *right, CTorch_Tensor **result) {
  return produce(result, [&] { return apply(operation, left->value, right->value); });
}

CTorch_Status CTorch_binaryScalar(CTorch_Binary operation, const CTorch_Tensor *left, double right,
                                  CTorch_Tensor **result) {
  return produce(result, [&] { return applyCommon(operation, left->value, at::Scalar(right)); });
}

CTorch_Status CTorch_addInPlace(CTorch_Tensor *left, const CTorch_Tensor *right, double scale) {
  return boundary([&] { left->value.add_(right->value, scale); });
}

CTorch_Status CTorch_multiplyInPlace(CTorch_Tensor *left, double right) {
  return boundary([&] { left->value.mul_(right); });
}

CTorch_Status CTorch_clamp(const CTorch_Tensor *operand, double lower, double upper,
                           CTorch_Tensor **result) {
  return produce(result, [&] { return operand->value.clamp(lower, upper); });
}

CTorch_Status CTorch_where(const CTorch_Tensor *condition, const CTorch_Tensor *chosen,
                           const CTorch_Tensor *otherwise, CTorch_Tensor **result) {
  return produce(result,
                 [&] { return at::where(condition->value, chosen->value, otherwise->value); });
}

CTorch_Status CTorch_maskedFill(const CTorch_Tensor *operand, const CTorch_Tensor *mask,
                                double value, CTorch_Tensor **result) {
  return produce(result, [&] { return operand->value.masked_fill(mask->value, value); });
}

CTorch_Status CTorch_reduce(CTorch_Reduction operation, const CTorch_Tensor *operand,
                            CTorch_Shape dimensions, bool keepDimensions, CTorch_Tensor **result) {
  return produce(result, [&] {
    std::vector<int64_t> named(dimensions.sizes, dimensions.sizes + dimensions.rank);
    if (named.empty()) {
      for (int64_t index = 0; index < operand->value.dim(); index++) named.push_back(index);
    }
    return reduce(operation, operand->value, named, keepDimensions);
  });
}

CTorch_Status CTorch_argumentOfLargest(const CTorch_Tensor *operand, int64_t dimension,
                                       bool keepDimension, CTorch_Tensor **result) {
  return produce(result, [&] { return operand->value.argmax(dimension, keepDimension); });
}

CTorch_Status CTorch_cumulativeSum(const CTorch_Tensor *operand, int64_t dimension,
                                   CTorch_Tensor **result) {
  return produce(result, [&] { return operand->value.cumsum(dimension); });
}

CTorch_Status CTorch_topK(const CTorch_Tensor *operand, int64_t count, int64_t dimension,
                          CTorch_Tensor **values, CTorch_Tensor **indices) {
  return boundary([&] {
    auto [largest, places] = operand->value.topk(count, dimension);
    auto first = std::make_unique<CTorch_Tensor>(CTorch_Tensor{std::move(largest)});
    *indices = new CTorch_Tensor{std::move(places)};
    *values = first.release();
  });
}
