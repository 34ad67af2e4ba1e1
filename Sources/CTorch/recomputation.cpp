#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

#include <memory>

#include "boundary.h"

using namespace ctorch;

namespace {

// The calling thread's autocast of one kind of device, which can be laid over another's.
class Autocast {
 public:
  explicit Autocast(at::DeviceType place)
      : place_(place),
        enabled_(at::autocast::is_autocast_enabled(place)),
        type_(at::autocast::get_autocast_dtype(place)) {}

  void apply() const {
    at::autocast::set_autocast_dtype(place_, type_);
    at::autocast::set_autocast_enabled(place_, enabled_);
  }

 private:
  at::DeviceType place_;
  bool enabled_;
  at::ScalarType type_;
};

// Puts another autocast in force until the end of a scope.
class AutocastScope {
 public:
  AutocastScope(const Autocast &autocast, at::DeviceType place) : previous_(place) {
    autocast.apply();
  }
  ~AutocastScope() {
    previous_.apply();
    // The copies of weights made here are recorded in a graph that ends here.
    at::autocast::clear_cache();
  }
  AutocastScope(const AutocastScope &) = delete;
  AutocastScope &operator=(const AutocastScope &) = delete;

 private:
  Autocast previous_;
};

// The caller's function, given back once nothing can call it any more.
class Function {
 public:
  Function(CTorch_Function function, void *context, void (*release)(void *))
      : function_(function), context_(context), release_(release) {}
  ~Function() { release_(context_); }
  Function(const Function &) = delete;
  Function &operator=(const Function &) = delete;

  at::Tensor operator()(const at::Tensor &input, bool again) const {
    CTorch_Tensor *result = nullptr;
    function_(context_, new CTorch_Tensor{input}, again, &result);
    TORCH_CHECK(result != nullptr, "the function gave no tensor");
    const std::unique_ptr<CTorch_Tensor> owned(result);
    return owned->value;
  }

 private:
  CTorch_Function function_;
  void *context_;
  void (*release_)(void *);
};

// What stands in the record of operations for a whole function.
class Recomputation : public torch::autograd::Node {
 public:
  Recomputation(std::unique_ptr<Function> function, const at::Tensor &input)
      : function_(std::move(function)),
        input_(input, false),
        place_(input.device().type()),
        autocast_(place_) {
    set_next_edges(torch::autograd::collect_next_edges(input));
  }

  torch::autograd::variable_list apply(torch::autograd::variable_list &&gradients) override {
    if (!gradients[0].defined()) return {at::Tensor()};
    const at::Tensor input = input_.unpack(shared_from_this()).detach().requires_grad_();
    at::Tensor output;
    {
      at::AutoGradMode recording(true);
      AutocastScope scope(autocast_, place_);
      output = (*function_)(input, true);
    }
    torch::autograd::backward({output}, {gradients[0]});
    return {input.grad()};
  }

  void release_variables() override { input_.reset_data(); }

 private:
  std::unique_ptr<Function> function_;
  torch::autograd::SavedVariable input_;
  at::DeviceType place_;
  Autocast autocast_;
};

}  // namespace

CTorch_Status CTorch_recompute(const CTorch_Tensor *input, CTorch_Function function, void *context,
                               void (*release)(void *), CTorch_Tensor **result) {
  return produce(result, [&] {
    auto body = std::make_unique<Function>(function, context, release);
    const at::Tensor &value = input->value;
    if (!at::GradMode::is_enabled() || !value.requires_grad()) return (*body)(value, false);
    at::Tensor output;
    {
      at::NoGradGuard unrecorded;
      output = (*body)(value, false);
    }
    // Narrowed copies of weights that were made just now know of no gradients.
    at::autocast::clear_cache();
    TORCH_CHECK(!output.is_same(value), "a function that gives its input has nothing to recompute");
    const std::shared_ptr<Recomputation> node(new Recomputation(std::move(body), value),
                                              torch::autograd::deleteNode);
    torch::autograd::set_history(output, node);
    return output;
  });
}

CTorch_Status CTorch_share(const CTorch_Tensor *tensor, CTorch_Tensor **result) {
  return produce(result, [&] { return tensor->value; });
}
