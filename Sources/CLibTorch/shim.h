// libtorch's headers are C++ and are included by CTorch alone; this target only carries the compiler
// and linker flags of torch.pc to it.
