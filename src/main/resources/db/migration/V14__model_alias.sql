-- Names that stand for a version of a model and can be moved to another. Whoever changes one holds the model's row.
create table model_alias (
  model_name varchar(63) not null,
  alias varchar(63) not null,
  version integer not null,
  update_time timestamp(3) with time zone not null,
  primary key (model_name, alias),
  constraint model_alias_of_version foreign key (model_name, version)
    references model_version (model_name, version)
);

-- Where each alias has been. A move that was taken back, or that is older than the alias, cannot be taken back.
create table model_alias_move (
  model_name varchar(63) not null references model (name),
  alias varchar(63) not null,
  sequence integer not null,
  kind varchar(16) not null,
  from_version integer,
  to_version integer,
  time timestamp(3) with time zone not null,
  reversible boolean not null,
  primary key (model_name, alias, sequence)
);
