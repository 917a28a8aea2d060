package dev.trainyard.model;

/** How many versions of a model are there, and which is the highest. */
record ModelCount(String name, int latestVersion, long versions) {}
