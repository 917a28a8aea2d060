-- What people say of models and versions. Models are searched by their tags; versions are not.
alter table model add column description text;
alter table model_version add column description text;
alter table model_version add column tags text;

create table model_tag (
  model_name varchar(63) not null references model (name),
  tag_key varchar(63) not null,
  tag_value varchar(255) not null,
  primary key (model_name, tag_key)
);

create index model_tag_by_value on model_tag (tag_key, tag_value);
