// Progress of the laboratory → a bar with rate and ETA on a terminal, plain lines elsewhere.
#pragma once

#include <memory>

#include "lab/medallion/observer.h"

namespace grebe::cli {

/// Shows progress on standard error, in the form that fits where it goes.
std::unique_ptr<lab::medallion::Observer> make_progress();

}  // namespace grebe::cli
