#include "programs/redis/client.h"

namespace yos::redis {

void Topics::add(std::string_view topic, std::shared_ptr<Client> listener) {
    topics_[std::string(topic)].insert(std::move(listener));
}

void Topics::remove(std::string_view topic, const std::shared_ptr<Client>& listener) {
    const auto found = topics_.find(topic);
    if (found != topics_.end() && found->second.erase(listener) > 0 && found->second.empty()) {
        topics_.erase(found);
    }
}

const Topics::Listeners* Topics::find(std::string_view topic) const {
    const auto found = topics_.find(topic);
    return found == topics_.end() ? nullptr : &found->second;
}

void Client::listen(std::string_view topic) {
    topics_.emplace(topic);
    data_->topics.add(topic, shared_from_this());
}

void Client::stop_listening(std::string_view topic) {
    data_->topics.remove(topic, shared_from_this());
    const auto found = topics_.find(topic);
    if (found != topics_.end()) {
        topics_.erase(found);
    }
}

void Client::stop_listening() {
    for (const std::string& topic : topics_) {
        data_->topics.remove(topic, shared_from_this());
    }
    topics_.clear();
}

std::size_t Client::publish(std::string_view topic, std::string_view message) {
    const Topics::Listeners* const listeners = data_->topics.find(topic);
    if (listeners == nullptr) {
        return 0;
    }
    for (const std::shared_ptr<Client>& listener : *listeners) {
        if (!listener->too_slow()) {
            Reply news = listener->reply();
            news.array(3);
            news.string("message");
            news.string(topic);
            news.string(message);
        }
        to_tell.push_back(listener);
    }
    return listeners->size();
}

}  // namespace yos::redis
