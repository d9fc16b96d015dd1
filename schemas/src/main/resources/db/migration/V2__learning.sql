-- Whoever scores a track again because its references came, or came anew, adds an evaluation to the same separation.
alter table evaluation drop constraint evaluation_separation_id_protocol_key;
create index evaluation_of_separation on evaluation (separation_id, created_at);

-- Policies look at the newest tracks, whatever there is behind them, and leave out what only a trial separated.
create index evaluation_by_time on evaluation (created_at);
create index batch_item_of_separation on batch_item (separation_id);

-- A track that has references is used for one thing only, for ever: to learn from, to choose by, or to judge by.
alter table track add column split text check (split in ('TRAIN', 'VALIDATION', 'TEST', 'SET_ASIDE'));
create index track_by_split on track (split) where split is not null;

alter table reference_stem add column sha256 text check (sha256 ~ '^[0-9a-f]{64}$');
alter table reference_stem add column added_at timestamptz not null default now();
create index reference_stem_by_time on reference_stem (added_at);

-- Which split an artist or an album belongs to.
create table split_key (
    split_key  text primary key,
    split      text not null check (split in ('TRAIN', 'VALIDATION', 'TEST'))
);

create table dataset (
    dataset     text primary key,
    created_at  timestamptz not null default now()
);

create table dataset_track (
    dataset   text not null references dataset,
    track_id  text not null references track,
    primary key (dataset, track_id)
);

-- What a batch is for. Its entries go the same way, but for those of REFERENCES, which end with the intake.
alter table batch add column purpose text not null default 'SEPARATION'
    check (purpose in ('SEPARATION', 'REFERENCES', 'TRIAL', 'RESEPARATION'));
alter table batch add column dataset text references dataset;
create index batch_of_dataset on batch (dataset) where dataset is not null;

-- The split that an entry's data set names for it.
alter table batch_item add column split text check (split in ('TRAIN', 'VALIDATION', 'TEST'));

-- A model whose package lies in the object store.
create table model (
    model_id        text primary key,
    package_prefix  text        not null,
    weights_sha256  text        not null check (weights_sha256 ~ '^[0-9a-f]{64}$'),
    parent_model_id text references model,
    run_id          text,
    state           text        not null check (state in ('INSTALLED', 'CANDIDATE', 'PROMOTED', 'REFUSED')),
    reason          text,
    created_at      timestamptz not null default now()
);

-- The model that separates where nobody asks for another. No row: the one of the configuration.
create table slot (
    slot        text primary key,
    model_id    text        not null references model,
    changed_at  timestamptz not null default now()
);

create table promotion (
    promotion_id       bigint generated always as identity primary key,
    slot               text        not null,
    model_id           text        not null references model,
    previous_model_id  text,
    decided_by         text        not null check (decided_by in ('GATE', 'PERSON')),
    reason             text        not null,
    created_at         timestamptz not null default now()
);

create table retraining_request (
    request_id  text primary key,
    slot        text        not null,
    model_id    text        not null,
    policy      text        not null,
    reason      text        not null,
    evidence    jsonb       not null,
    created_at  timestamptz not null default now(),
    closed_at   timestamptz,
    outcome     text,
    check ((closed_at is null) = (outcome is null))
);
create unique index one_request_open on retraining_request (slot) where closed_at is null;

-- What else asked for the same while a request was open.
create table joined_request (
    request_id  text        not null references retraining_request,
    policy      text        not null,
    reason      text        not null,
    evidence    jsonb       not null,
    created_at  timestamptz not null default now(),
    primary key (request_id, policy)
);

create table training_run (
    run_id           text primary key,
    request_id       text        not null unique references retraining_request,
    candidate_id     text        not null unique,
    parent_model_id  text        not null,
    configuration    jsonb       not null,
    dataset_sha256   text        not null check (dataset_sha256 ~ '^[0-9a-f]{64}$'),
    code_version     text        not null,
    seed             bigint      not null,
    state            text        not null check (state in ('PREPARING', 'TRAINING', 'TRAINED', 'FAILED')),
    reason           text,
    worker           text        not null,
    step             bigint      not null default 0,
    steps            bigint      not null,
    validation_db    double precision,
    started_at       timestamptz not null default now(),
    changed_at       timestamptz not null default now(),
    ended_at         timestamptz,
    check ((state = 'FAILED') = (reason is not null))
);
alter table model add foreign key (run_id) references training_run;

-- The data of a run, as they were when it began: the source's hash is the track's id.
create table training_run_track (
    run_id             text not null references training_run,
    track_id           text not null references track,
    split              text not null check (split in ('TRAIN', 'VALIDATION')),
    references_sha256  text not null check (references_sha256 ~ '^[0-9a-f]{64}$'),
    primary key (run_id, track_id)
);

-- Validation over the course of a run.
create table training_run_point (
    run_id         text             not null references training_run,
    step           bigint           not null,
    loss           double precision not null,
    validation_db  double precision not null,
    seconds        double precision not null,
    primary key (run_id, step)
);

-- A candidate beside the active model on the same tracks. The separations are entries of an ordinary batch.
create table trial (
    trial_id      text primary key,
    candidate_id  text        not null unique references model,
    active_id     text        not null,
    request_id    text references retraining_request,
    batch_id      text        not null references batch,
    metric        text        not null,
    state         text        not null check (state in ('OPEN', 'PROMOTED', 'REFUSED')),
    reason        text,
    figures       jsonb,
    created_at    timestamptz not null default now(),
    decided_at    timestamptz,
    check ((state = 'OPEN') = (reason is null))
);
create index trial_open on trial (created_at) where state = 'OPEN';
