package dev.vaestream.learning.nn;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The names in one scope, each for one parameter or one submodule. */
final class Names {
    private static final Object PARAM = "a parameter";

    private final List<String> path;
    private final Map<String, Object> users = new HashMap<>();
    private final IdentityHashMap<Module<?, ?>, String> automatic = new IdentityHashMap<>();
    private final Map<String, Integer> turns = new HashMap<>();

    Names(List<String> path) {
        this.path = path;
    }

    /** A name by class and turn; the same instance keeps its name, and so its parameters. */
    String automatic(Module<?, ?> module) {
        return automatic.computeIfAbsent(module, this::next);
    }

    private String next(Module<?, ?> module) {
        Class<?> type = module.getClass();
        if (type.isHidden() || type.isAnonymousClass() || type.isSynthetic()) {
            throw new IllegalArgumentException("A module at %s is a lambda or has no class name; call it by a name"
                    .formatted(NameInUseException.place(path)));
        }
        String name = type.getSimpleName() + "_" + (turns.merge(type.getSimpleName(), 1, Integer::sum) - 1);
        claim(name, module);
        return name;
    }

    /** A given name; an equal module under the same name is the same module called again. */
    String given(String name, Module<?, ?> module) {
        Object user = users.get(name);
        if (user == null || !same(user, module)) {
            claim(name, module);
        }
        return name;
    }

    void param(String name) {
        claim(name, PARAM);
    }

    private void claim(String name, Object user) {
        Object earlier = users.putIfAbsent(name, user);
        if (earlier != null) {
            throw new NameInUseException(name, path, earlier);
        }
    }

    /** Functions cannot be compared, and have no parameters to mix up. */
    private static boolean same(Object user, Module<?, ?> module) {
        return user.equals(module) || (user.getClass().equals(module.getClass()) && !(module instanceof Record));
    }
}
