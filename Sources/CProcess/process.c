#include "CProcess.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

int CProcess_die_with_parent(void) {
  pid_t parent = getppid();
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return -1;
  // A parent that ended before the call sends nothing; another process has then taken its place.
  return getppid() == parent ? 0 : -1;
}
