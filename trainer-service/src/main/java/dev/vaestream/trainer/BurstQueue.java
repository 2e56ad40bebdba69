package dev.vaestream.trainer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue for one producer and one consumer. A producer that has filled it rests until half is taken: it then
 * works in bursts, where the queues of {@code java.util.concurrent} would wake it for every element, and with it take a
 * processor from the training step as often.
 */
final class BurstQueue<T> {
    private final int capacity;
    private final Queue<T> elements = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition refill = lock.newCondition();
    private final Condition filled = lock.newCondition();
    private boolean resting;

    BurstQueue(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity is " + capacity + "; it must be at least 1");
        }
        this.capacity = capacity;
    }

    /** Adds an element, and waits for room until {@code patience} is over; whether there was any. */
    boolean offer(T element, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (resting) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = refill.awaitNanos(nanos);
            }
            elements.add(element);
            resting = elements.size() == capacity;
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the oldest element, and waits for one until {@code patience} is over. */
    @Nullable
    T poll(Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (elements.isEmpty()) {
                if (nanos <= 0) {
                    return null;
                }
                nanos = filled.awaitNanos(nanos);
            }
            T element = elements.remove();
            if (resting && elements.size() <= capacity / 2) {
                resting = false;
                refill.signal();
            }
            return element;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return elements.size();
        } finally {
            lock.unlock();
        }
    }
}
