-- The global step to reach: a spec may count in epochs, which depend on the dataset.
alter table job add column total_steps bigint default 0 not null;
