"""The HTTP service and the command line. Only this package reads settings and the environment."""
