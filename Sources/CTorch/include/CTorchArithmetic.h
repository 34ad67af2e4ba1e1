// Element-wise operations and reductions.
#ifndef CTORCH_ARITHMETIC_H
#define CTORCH_ARITHMETIC_H

#include "CTorchTensors.h"

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum CTorch_Unary {
  CTorch_negate = 0,
  CTorch_absolute,
  CTorch_exponential,
  CTorch_logarithm,
  CTorch_sine,
  CTorch_cosine,
  CTorch_squareRoot,
  CTorch_reciprocalSquareRoot,
  CTorch_square,
  CTorch_sigmoid,
  CTorch_hyperbolicTangent,
  CTorch_rectify,
  CTorch_gelu,
  CTorch_logicalNot,
  CTorch_isFinite,
} CTorch_Unary;

typedef enum CTorch_Binary {
  CTorch_add = 0,
  CTorch_subtract,
  CTorch_multiply,
  CTorch_divide,
  CTorch_power,
  CTorch_maximum,
  CTorch_minimum,
  CTorch_equal,
  CTorch_notEqual,
  CTorch_less,
  CTorch_lessOrEqual,
  CTorch_greater,
  CTorch_greaterOrEqual,
  CTorch_logicalAnd,
  CTorch_logicalOr,
} CTorch_Binary;

typedef enum CTorch_Reduction {
  CTorch_sum = 0,
  CTorch_mean,
  CTorch_largest,
  CTorch_smallest,
  CTorch_euclideanNorm,
  CTorch_logSumExp,
  CTorch_any,
  CTorch_all,
} CTorch_Reduction;

CTorch_Status CTorch_unary(CTorch_Unary operation, const CTorch_Tensor *operand,
                           CTorch_Tensor *_Nullable *_Nonnull result);
// The operands are broadcast to one shape.
CTorch_Status CTorch_binary(CTorch_Binary operation, const CTorch_Tensor *left,
                            const CTorch_Tensor *right, CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_binaryScalar(CTorch_Binary operation, const CTorch_Tensor *left, double right,
                                  CTorch_Tensor *_Nullable *_Nonnull result);
// left += scale * right
CTorch_Status CTorch_addInPlace(CTorch_Tensor *left, const CTorch_Tensor *right, double scale);
CTorch_Status CTorch_multiplyInPlace(CTorch_Tensor *left, double right);
CTorch_Status CTorch_clamp(const CTorch_Tensor *operand, double lower, double upper,
                           CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_where(const CTorch_Tensor *condition, const CTorch_Tensor *chosen,
                           const CTorch_Tensor *otherwise,
                           CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_maskedFill(const CTorch_Tensor *operand, const CTorch_Tensor *mask,
                                double value, CTorch_Tensor *_Nullable *_Nonnull result);

// Reduces the named dimensions, or all where none is named.
CTorch_Status CTorch_reduce(CTorch_Reduction operation, const CTorch_Tensor *operand,
                            CTorch_Shape dimensions, bool keepDimensions,
                            CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_argumentOfLargest(const CTorch_Tensor *operand, int64_t dimension,
                                       bool keepDimension,
                                       CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_cumulativeSum(const CTorch_Tensor *operand, int64_t dimension,
                                   CTorch_Tensor *_Nullable *_Nonnull result);
// The `count` largest elements along a dimension, falling, and their indices.
CTorch_Status CTorch_topK(const CTorch_Tensor *operand, int64_t count, int64_t dimension,
                          CTorch_Tensor *_Nullable *_Nonnull values,
                          CTorch_Tensor *_Nullable *_Nonnull indices);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
