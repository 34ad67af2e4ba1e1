#pragma once

/// Lets the kernel kill this process as soon as the thread that started it ends.
///
/// It is kept over `exec`. Returns 0, or -1 where it is too late and the parent has ended already.
int CProcess_die_with_parent(void);
