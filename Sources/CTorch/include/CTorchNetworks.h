// The operations neural networks are made of.
#ifndef CTORCH_NETWORKS_H
#define CTORCH_NETWORKS_H

#include "CTorchTensors.h"

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

#ifdef __cplusplus
extern "C" {
#endif

CTorch_Status CTorch_matmul(const CTorch_Tensor *left, const CTorch_Tensor *right,
                            CTorch_Tensor *_Nullable *_Nonnull result);
// input * transposed(weight) + bias
CTorch_Status CTorch_linear(const CTorch_Tensor *input, const CTorch_Tensor *weight,
                            const CTorch_Tensor *_Nullable bias,
                            CTorch_Tensor *_Nullable *_Nonnull result);
// Normalises the last dimension.
CTorch_Status CTorch_layerNorm(const CTorch_Tensor *input, const CTorch_Tensor *_Nullable weight,
                               const CTorch_Tensor *_Nullable bias, double epsilon,
                               CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_softmax(const CTorch_Tensor *input, int64_t dimension,
                             CTorch_Tensor *_Nullable *_Nonnull result);
CTorch_Status CTorch_logSoftmax(const CTorch_Tensor *input, int64_t dimension,
                                CTorch_Tensor *_Nullable *_Nonnull result);
// softmax(scale * query * transposed(key) + mask) * value, fused where the device has such a kernel.
//
// query [..., T, D], key and value [..., S, D]. A Boolean mask is true where a query may look;
// another is added. `causal` lets query t see keys up to t, and goes with no mask.
CTorch_Status CTorch_attention(const CTorch_Tensor *query, const CTorch_Tensor *key,
                               const CTorch_Tensor *value, const CTorch_Tensor *_Nullable mask,
                               bool causal, double scale,
                               CTorch_Tensor *_Nullable *_Nonnull result);
// Whether CTorch_attention of such tensors without a mask is one kernel that never holds the weights
// of all pairs of a query and a key.
CTorch_Status CTorch_attentionIsFused(const CTorch_Tensor *query, const CTorch_Tensor *key,
                                      const CTorch_Tensor *value, bool causal, bool *result);
CTorch_Status CTorch_embedding(const CTorch_Tensor *weight, const CTorch_Tensor *indices,
                               CTorch_Tensor *_Nullable *_Nonnull result);
// `padding` zeros stand before the first and after the last element of both dimensions.
CTorch_Status CTorch_convolution2D(const CTorch_Tensor *input, const CTorch_Tensor *weight,
                                   const CTorch_Tensor *_Nullable bias, int64_t stride,
                                   int64_t padding, CTorch_Tensor *_Nullable *_Nonnull result);
// The largest element of each square window of the last two dimensions. With `keepsEdges` the last
// windows may reach beyond the end.
CTorch_Status CTorch_maxPool2D(const CTorch_Tensor *input, int64_t size, int64_t stride,
                               bool keepsEdges, CTorch_Tensor *_Nullable *_Nonnull result);
// The sum over rows of -log softmax(logits)[target]; rows whose target is `ignored` count nothing.
CTorch_Status CTorch_crossEntropySum(const CTorch_Tensor *logits, const CTorch_Tensor *targets,
                                     int64_t ignored, CTorch_Tensor *_Nullable *_Nonnull result);
// Sets elements to zero with a probability and scales the others so that the expectation stays.
CTorch_Status CTorch_dropout(const CTorch_Tensor *input, double probability,
                             CTorch_Generator *generator,
                             CTorch_Tensor *_Nullable *_Nonnull result);
// Multiplies neighbouring pairs of the last dimension, as complex numbers, by pairs that broadcast.
CTorch_Status CTorch_multiplyPairs(const CTorch_Tensor *input, const CTorch_Tensor *factors,
                                   CTorch_Tensor *_Nullable *_Nonnull result);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
