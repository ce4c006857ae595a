#include "tasks/exit_status.h"

#include <ostream>

namespace yos {

std::ostream& operator<<(std::ostream& out, const ExitStatus& status) {
    switch (status.how) {
        case ExitStatus::How::returned:
            return out << "returned " << status.code;
        case ExitStatus::How::threw:
            return out << "threw \"" << status.what() << '"';
        case ExitStatus::How::killed:
            return out << "killed by " << status.by;
        case ExitStatus::How::cancelled:
            return out << "cancelled by " << status.by << " (" << status.what() << ')';
    }
    return out;
}

}  // namespace yos
