// Gradients, operations over lists of tensors, and mixed precision.
#ifndef CTORCH_TRAINING_H
#define CTORCH_TRAINING_H

#include "CTorchShapes.h"
#include "CTorchTensors.h"

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

#ifdef __cplusplus
extern "C" {
#endif

CTorch_Status CTorch_setRequiresGradient(CTorch_Tensor *tensor, bool requires);
// Adds the gradients of `tensor` to those of the leaves it was computed from. `gradient` is that of
// the tensor itself and may be null for a tensor of one element.
CTorch_Status CTorch_backward(const CTorch_Tensor *tensor, const CTorch_Tensor *_Nullable gradient);
// The gradient of a leaf, or null where it has none.
CTorch_Status CTorch_gradient(const CTorch_Tensor *tensor,
                              CTorch_Tensor *_Nullable *_Nonnull result);
// Forgets a gradient (null) or sets it.
CTorch_Status CTorch_setGradient(CTorch_Tensor *tensor, const CTorch_Tensor *_Nullable gradient);
// Turns recording on or off for the calling thread.
CTorch_Status CTorch_setGradientRecording(bool enabled);
bool CTorch_isRecordingGradients(void);

// Every function over lists goes through the tensors in one call and changes the first list.
CTorch_Status CTorch_listMultiply(CTorch_List tensors, double factor);
// tensors += scale * others
CTorch_Status CTorch_listAdd(CTorch_List tensors, CTorch_List others, double scale);
CTorch_Status CTorch_listAssign(CTorch_List tensors, CTorch_List sources);
CTorch_Status CTorch_listZero(CTorch_List tensors);
// tensors += scale * left * right
CTorch_Status CTorch_listAddProduct(CTorch_List tensors, CTorch_List left, CTorch_List right,
                                    double scale);
// tensors += scale * left / right
CTorch_Status CTorch_listAddQuotient(CTorch_List tensors, CTorch_List left, CTorch_List right,
                                     double scale);
// The Euclidean norm over all elements of all tensors.
CTorch_Status CTorch_listNorm(CTorch_List tensors, CTorch_Tensor *_Nullable *_Nonnull result);

typedef struct CTorch_AdamW {
  double learningRate;
  double beta1;
  double beta2;
  double weightDecay;
  double epsilon;
} CTorch_AdamW;

// One fused step of AdamW with decoupled decay (Loshchilov & Hutter 2019):
//   p -= lr * decay * p;  m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2
//   p -= lr / (1 - b1^t) * m / (sqrt(v / (1 - b2^t)) + epsilon)
// `step` is t, from 1.
CTorch_Status CTorch_adamW(CTorch_AdamW options, int64_t step, CTorch_List parameters,
                           CTorch_List gradients, CTorch_List means, CTorch_List variances);

// Lets matrix products of the calling thread run in a narrower type on a kind of device.
CTorch_Status CTorch_setAutocast(CTorch_DeviceKind device, bool enabled, CTorch_ScalarType type);

#ifdef __cplusplus
}
#endif

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
