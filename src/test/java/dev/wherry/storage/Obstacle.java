package dev.wherry.storage;

import dev.wherry.storage.backend.Backend;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/** Stands before a real backend, and holds up some of its calls, or lets them fail: a disk that is slow, or bad. */
@FunctionalInterface
interface Obstacle {
    Obstacle NONE = (call, real) -> real.get();

    /**
     * @param call the method that was called
     * @param real does what was asked
     */
    Future<?> around(String call, Supplier<Future<?>> real);

    /** The same for one method; all others are let through. */
    static Obstacle of(String only, Obstacle obstacle) {
        return (call, real) -> call.equals(only) ? obstacle.around(call, real) : real.get();
    }

    default Backend before(Backend backend) {
        return (Backend) Proxy.newProxyInstance(
                Obstacle.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (_, method, arguments) -> around(method.getName(), () -> {
                    try {
                        return (Future<?>) method.invoke(backend, arguments);
                    } catch (ReflectiveOperationException impossible) {
                        throw new LinkageError(impossible.getMessage(), impossible);
                    }
                }));
    }
}
