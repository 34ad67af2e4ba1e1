#include <ATen/ops/_fused_sdp_choice.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/view_as_complex.h>
#include <ATen/ops/view_as_real.h>

#include "boundary.h"

using namespace ctorch;

namespace {

// A view of the last dimension's neighbouring pairs as complex numbers, and that dimension is gone
// by half.
at::Tensor pairs(const at::Tensor &tensor) {
  TORCH_CHECK(tensor.dim() > 0 && tensor.size(-1) % 2 == 0, "the last dimension of shape ",
              tensor.sizes(), " is not made of pairs");
  return at::view_as_complex(tensor.unflatten(-1, {tensor.size(-1) / 2, 2}));
}

}  // namespace

CTorch_Status CTorch_matmul(const CTorch_Tensor *left, const CTorch_Tensor *right,
                            CTorch_Tensor **result) {
  return produce(result, [&] { return at::matmul(left->value, right->value); });
}

CTorch_Status CTorch_linear(const CTorch_Tensor *input, const CTorch_Tensor *weight,
                            const CTorch_Tensor *bias, CTorch_Tensor **result) {
  return produce(result, [&] { return at::linear(input->value, weight->value, optional(bias)); });
}

CTorch_Status CTorch_layerNorm(const CTorch_Tensor *input, const CTorch_Tensor *weight,
                               const CTorch_Tensor *bias, double epsilon, CTorch_Tensor **result) {
  return produce(result, [&] {
    TORCH_CHECK(input->value.dim() > 0, "a number has no dimension to normalise");
    return at::layer_norm(input->value, {input->value.size(-1)}, optional(weight), optional(bias),
                          epsilon);
  });
}

CTorch_Status CTorch_softmax(const CTorch_Tensor *input, int64_t dimension,
                             CTorch_Tensor **result) {
  return produce(result, [&] { return input->value.softmax(dimension); });
}

CTorch_Status CTorch_logSoftmax(const CTorch_Tensor *input, int64_t dimension,
                                CTorch_Tensor **result) {
  return produce(result, [&] { return input->value.log_softmax(dimension); });
}

CTorch_Status CTorch_attention(const CTorch_Tensor *query, const CTorch_Tensor *key,
                               const CTorch_Tensor *value, const CTorch_Tensor *mask, bool causal,
                               double scale, CTorch_Tensor **result) {
  return produce(result, [&] {
    return at::scaled_dot_product_attention(query->value, key->value, value->value, optional(mask),
                                            0.0, causal, scale);
  });
}

CTorch_Status CTorch_attentionIsFused(const CTorch_Tensor *query, const CTorch_Tensor *key,
                                      const CTorch_Tensor *value, bool causal, bool *result) {
  return boundary([&] {
    // 0 is the formula written out (at::SDPBackend::math).
    *result =
        at::_fused_sdp_choice(query->value, key->value, value->value, {}, 0.0, causal) != 0;
  });
}

CTorch_Status CTorch_embedding(const CTorch_Tensor *weight, const CTorch_Tensor *indices,
                               CTorch_Tensor **result) {
  return produce(result, [&] { return at::embedding(weight->value, indices->value); });
}

CTorch_Status CTorch_convolution2D(const CTorch_Tensor *input, const CTorch_Tensor *weight,
                                   const CTorch_Tensor *bias, int64_t stride, int64_t padding,
                                   CTorch_Tensor **result) {
  return produce(result, [&] {
    return at::conv2d(input->value, weight->value, optional(bias), {stride, stride},
                      {padding, padding});
  });
}

CTorch_Status CTorch_maxPool2D(const CTorch_Tensor *input, int64_t size, int64_t stride,
                               bool keepsEdges, CTorch_Tensor **result) {
  return produce(result, [&] {
    return at::max_pool2d(input->value, {size, size}, {stride, stride}, 0, 1, keepsEdges);
  });
}

CTorch_Status CTorch_crossEntropySum(const CTorch_Tensor *logits, const CTorch_Tensor *targets,
                                     int64_t ignored, CTorch_Tensor **result) {
  return produce(result, [&] {
    return at::cross_entropy_loss(logits->value, targets->value, {}, at::Reduction::Sum, ignored);
  });
}

CTorch_Status CTorch_dropout(const CTorch_Tensor *input, double probability,
                             CTorch_Generator *generator, CTorch_Tensor **result) {
  return produce(result, [&] {
    TORCH_CHECK(probability >= 0 && probability < 1, "a dropout probability is in [0, 1), not ",
                probability);
    const double kept = 1 - probability;
    at::Tensor mask = at::empty_like(input->value, at::TensorOptions().requires_grad(false));
    mask.bernoulli_(kept, generator->value).div_(kept);
    return input->value.mul(mask);
  });
}

CTorch_Status CTorch_multiplyPairs(const CTorch_Tensor *input, const CTorch_Tensor *factors,
                                   CTorch_Tensor **result) {
  return produce(result, [&] {
    return at::view_as_real(pairs(input->value).mul(pairs(factors->value))).flatten(-2);
  });
}
