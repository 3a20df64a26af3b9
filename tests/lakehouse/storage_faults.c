// The n-th call that changes storage below a directory → fails, or ends the process, before or after its effect.
//
// Preloaded into the process under test, so DuckDB's own writes count as well. Environment:
//   FAULT_DIRECTORY  calls on paths below it count
//   FAULT_AT         the call to disturb, from 1; 0 disturbs none
//   FAULT_MODE       fail (EIO, no effect) or kill (SIGKILL); kill-after ends it when the call is done
//   FAULT_REPORT     a file that gets a line for each call
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FILES 65536

static const char *directory, *mode;
static long fault_at, calls;
static int report = -1;
static char watched[MAX_FILES];

static ssize_t (*real_write)(int, const void *, size_t);

__attribute__((constructor)) static void begin(void) {
  directory = getenv("FAULT_DIRECTORY");
  mode = getenv("FAULT_MODE");
  fault_at = atol(getenv("FAULT_AT") ? getenv("FAULT_AT") : "0");
  real_write = dlsym(RTLD_NEXT, "write");
  int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  const char *path = getenv("FAULT_REPORT");
  if (path) report = real_open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
}

static int counts(const char *path) {
  return directory && mode && path && strncmp(path, directory, strlen(directory)) == 0;
}

// Counts a call; true when it is the one to fail.
static int disturb(const char *name) {
  const long n = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
  char line[64];
  const int length = snprintf(line, sizeof line, "%s\n", name);
  if (report >= 0 && real_write(report, line, length) != length) abort();
  if (n != fault_at) return 0;
  if (strcmp(mode, "kill") == 0) kill(getpid(), SIGKILL);
  if (strcmp(mode, "fail") == 0) errno = EIO;
  return strcmp(mode, "fail") == 0;
}

// Ends the process behind the call, where that is asked for.
static void behind(long before) {
  const int kept = errno;
  if (before < fault_at && calls >= fault_at && strcmp(mode, "kill-after") == 0) kill(getpid(), SIGKILL);
  errno = kept;
}

#define REAL(type, name, ...)                               \
  static type (*real)(__VA_ARGS__);                         \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

// One interposed call: `watch` says whether it counts.
#define CALL(type, name, watch, arguments, ...)  \
  type name(__VA_ARGS__) {                       \
    REAL(type, name, __VA_ARGS__);               \
    if (!(watch)) return real arguments;         \
    const long before = calls;                   \
    if (disturb(#name)) return -1;               \
    const type result = real arguments;          \
    behind(before);                              \
    return result;                               \
  }

#define WATCHED(file) ((file) >= 0 && (file) < MAX_FILES && watched[file])

CALL(ssize_t, write, WATCHED(file), (file, bytes, size), int file, const void *bytes, size_t size)
CALL(ssize_t, pwrite, WATCHED(file), (file, bytes, size, at), int file, const void *bytes, size_t size, off_t at)
CALL(ssize_t, pwrite64, WATCHED(file), (file, bytes, size, at), int file, const void *bytes, size_t size, off64_t at)
CALL(ssize_t, writev, WATCHED(file), (file, parts, count), int file, const struct iovec *parts, int count)
CALL(int, fsync, WATCHED(file), (file), int file)
CALL(int, fdatasync, WATCHED(file), (file), int file)
CALL(int, ftruncate, WATCHED(file), (file, size), int file, off_t size)
CALL(int, ftruncate64, WATCHED(file), (file, size), int file, off64_t size)
CALL(int, link, counts(to), (from, to), const char *from, const char *to)
CALL(int, rename, counts(to), (from, to), const char *from, const char *to)
CALL(int, unlink, counts(path), (path), const char *path)
CALL(int, rmdir, counts(path), (path), const char *path)
CALL(int, remove, counts(path), (path), const char *path)
CALL(int, mkdir, counts(path), (path, bits), const char *path, mode_t bits)

int close(int file) {
  REAL(int, close, int);
  if (file >= 0 && file < MAX_FILES) watched[file] = 0;
  return real(file);
}

static int changes(int flags) { return (flags & (O_CREAT | O_TRUNC)) || (flags & O_ACCMODE) != O_RDONLY; }

// Directories are opened for reading and then synced, so every file below the directory is watched.
#define OPEN(name)                                                        \
  int name(const char *path, int flags, ...) {                            \
    static int (*real)(const char *, int, ...);                           \
    if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name); \
    mode_t bits = 0;                                                      \
    if (flags & (O_CREAT | __O_TMPFILE)) {                                \
      va_list more;                                                       \
      va_start(more, flags);                                              \
      bits = va_arg(more, mode_t);                                        \
      va_end(more);                                                       \
    }                                                                     \
    const int mine = counts(path);                                        \
    const long before = calls;                                            \
    if (mine && changes(flags) && disturb(#name)) return -1;              \
    const int file = real(path, flags, bits);                             \
    if (file >= 0 && file < MAX_FILES) watched[file] = mine;              \
    if (mine && changes(flags)) behind(before);                           \
    return file;                                                          \
  }

OPEN(open)
OPEN(open64)
