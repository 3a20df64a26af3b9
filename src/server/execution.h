// One ExecutePlan request → responses in the operation's buffer.
#pragma once

#include "server/operation.h"

namespace spark::connect {
class ExecutePlanRequest;
}

namespace grebe::server {

/// Runs the request's plan to its end. Never throws: errors go to the buffer.
void run_operation(Operation& operation, const spark::connect::ExecutePlanRequest& request);

}  // namespace grebe::server
