#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_foreach_addcdiv.h>
#include <ATen/ops/_foreach_addcmul.h>
#include <ATen/ops/_foreach_copy.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/_foreach_zero.h>
#include <ATen/ops/_fused_adamw.h>
#include <ATen/ops/full.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>

#include "boundary.h"

using namespace ctorch;

namespace {

// Changes a list of tensors without recording it for gradients.
template <typename Body>
CTorch_Status change(CTorch_List tensors, Body &&body) noexcept {
  return boundary([&] {
    at::NoGradGuard unrecorded;
    if (tensors.count > 0) body(list(tensors));
  });
}

}  // namespace

CTorch_Status CTorch_setRequiresGradient(CTorch_Tensor *tensor, bool requires) {
  return boundary([&] { tensor->value.requires_grad_(requires); });
}

CTorch_Status CTorch_backward(const CTorch_Tensor *tensor, const CTorch_Tensor *gradient) {
  return boundary(
      [&] { tensor->value.backward(gradient == nullptr ? at::Tensor() : gradient->value); });
}

CTorch_Status CTorch_gradient(const CTorch_Tensor *tensor, CTorch_Tensor **result) {
  return boundary([&] {
    const at::Tensor &gradient = tensor->value.grad();
    *result = gradient.defined() ? new CTorch_Tensor{gradient} : nullptr;
  });
}

CTorch_Status CTorch_setGradient(CTorch_Tensor *tensor, const CTorch_Tensor *gradient) {
  return boundary(
      [&] { tensor->value.mutable_grad() = gradient == nullptr ? at::Tensor() : gradient->value; });
}

CTorch_Status CTorch_setGradientRecording(bool enabled) {
  return boundary([&] { at::GradMode::set_enabled(enabled); });
}

bool CTorch_isRecordingGradients(void) { return at::GradMode::is_enabled(); }

CTorch_Status CTorch_listMultiply(CTorch_List tensors, double factor) {
  return change(tensors, [&](const auto &changed) { at::_foreach_mul_(changed, factor); });
}

CTorch_Status CTorch_listAdd(CTorch_List tensors, CTorch_List others, double scale) {
  return change(tensors,
                [&](const auto &changed) { at::_foreach_add_(changed, list(others), scale); });
}

CTorch_Status CTorch_listAssign(CTorch_List tensors, CTorch_List sources) {
  return change(tensors, [&](const auto &changed) { at::_foreach_copy_(changed, list(sources)); });
}

CTorch_Status CTorch_listZero(CTorch_List tensors) {
  return change(tensors, [&](const auto &changed) { at::_foreach_zero_(changed); });
}

CTorch_Status CTorch_listAddProduct(CTorch_List tensors, CTorch_List left, CTorch_List right,
                                    double scale) {
  return change(tensors, [&](const auto &changed) {
    at::_foreach_addcmul_(changed, list(left), list(right), scale);
  });
}

CTorch_Status CTorch_listAddQuotient(CTorch_List tensors, CTorch_List left, CTorch_List right,
                                     double scale) {
  return change(tensors, [&](const auto &changed) {
    at::_foreach_addcdiv_(changed, list(left), list(right), scale);
  });
}

CTorch_Status CTorch_listNorm(CTorch_List tensors, CTorch_Tensor **result) {
  return produce(result, [&] {
    at::NoGradGuard unrecorded;
    if (tensors.count == 0) return at::zeros({}, at::kFloat);
    return at::linalg_vector_norm(at::stack(at::_foreach_norm(list(tensors))));
  });
}

CTorch_Status CTorch_adamW(CTorch_AdamW options, int64_t step, CTorch_List parameters,
                           CTorch_List gradients, CTorch_List means, CTorch_List variances) {
  return change(parameters, [&](const auto &changed) {
    // The kernel wants a step counter for each tensor; it only reads them.
    const at::Tensor counter = at::full({}, step, changed[0].options().dtype(at::kFloat));
    const std::vector<at::Tensor> counters(changed.size(), counter);
    at::_fused_adamw_(changed, list(gradients), list(means), list(variances), {}, counters,
                      options.learningRate, options.beta1, options.beta2, options.weightDecay,
                      options.epsilon, false, false);
  });
}

CTorch_Status CTorch_setAutocast(CTorch_DeviceKind kind, bool enabled, CTorch_ScalarType type) {
  return boundary([&] {
    const at::DeviceType place = device({kind, 0}).type();
    at::autocast::set_autocast_dtype(place, scalarType(type));
    at::autocast::set_autocast_enabled(place, enabled);
    // Narrowed copies of the weights are kept while it is on, and must not outlive an optimiser
    // step.
    if (!enabled) at::autocast::clear_cache();
  });
}
