// Tensors, automatic differentiation and optimiser steps, over libtorch.
//
// The header is C and free of libtorch's own types. Rules that hold for every function:
//
// - It ends with a status. After CTorch_failed, CTorch_lastMessage tells the reason, and no
//   out-parameter was written. No C++ exception leaves a function.
// - An out-parameter of type CTorch_Tensor ** receives a new handle that the caller owns and gives
//   back once by CTorch_tensorFree. Parameters are borrowed for the length of the call.
// - A handle may be used by one thread at a time. Handles of different threads may share memory
//   (views): the caller keeps writers apart.
#ifndef CTORCH_H
#define CTORCH_H

#include "CTorchArithmetic.h"
#include "CTorchNetworks.h"
#include "CTorchProcesses.h"
#include "CTorchRecomputation.h"
#include "CTorchShapes.h"
#include "CTorchTensors.h"
#include "CTorchTraining.h"

#endif
