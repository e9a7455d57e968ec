// Begins, once every view is registered.
host.start();
