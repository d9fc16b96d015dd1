-- A recording. Its id is the SHA-256 of its audio file.
create table track (
    track_id        text primary key check (track_id ~ '^[0-9a-f]{64}$'),
    object          text        not null,
    name            text        not null,
    container       text        not null,
    sample_rate_hz  integer     not null,
    channels        integer     not null,
    length_frames   bigint      not null,
    title           text,
    artist          text,
    album           text,
    isrc            text,
    warnings        text[]      not null default '{}',
    created_at      timestamptz not null default now()
);

create table reference_stem (
    track_id  text    not null references track,
    stem      text    not null,
    object    text    not null,
    stream    integer not null default 0,
    primary key (track_id, stem)
);

-- What was submitted together.
create table batch (
    batch_id    text primary key,
    name        text        not null,
    created_at  timestamptz not null default now()
);

create table separation (
    separation_id  text primary key check (separation_id ~ '^[0-9a-f]{64}$'),
    track_id       text             not null references track,
    model_id       text             not null,
    encoding       text             not null,
    manifest       text             not null,
    seconds        double precision not null,
    worker         text             not null,
    created_at     timestamptz      not null default now()
);
create index separation_of_track on separation (track_id);
create index separation_by_model on separation (model_id);

create table stem (
    separation_id  text             not null references separation,
    stem           text             not null,
    position       integer          not null,
    object         text             not null,
    peak_db        double precision not null,
    rms_db         double precision not null,
    primary key (separation_id, stem)
);

create table evaluation (
    evaluation_id  text primary key check (evaluation_id ~ '^[0-9a-f]{64}$'),
    separation_id  text             not null references separation,
    protocol       text             not null,
    checks         jsonb            not null,
    warnings       text[]           not null default '{}',
    seconds        double precision not null,
    created_at     timestamptz      not null default now(),
    unique (separation_id, protocol)
);

-- One figure a stem and metric: whole track, or the median over the windows where the metric has windows.
create table evaluation_score (
    evaluation_id  text             not null references evaluation,
    stem           text             not null,
    metric         text             not null,
    value          double precision not null,
    primary key (evaluation_id, stem, metric)
);

-- The windows of a metric, in order. NaN where it is not defined.
create table evaluation_frame (
    evaluation_id   text               not null references evaluation,
    stem            text               not null,
    metric          text               not null,
    window_seconds  double precision   not null,
    hop_seconds     double precision   not null,
    scores          double precision[] not null,
    primary key (evaluation_id, stem, metric)
);

-- One entry of a batch on its way. Every entry that was accepted ends as DONE or FAILED.
create table batch_item (
    item_id        text primary key,
    batch_id       text        not null references batch,
    position       integer     not null,
    path           text        not null,
    name           text        not null,
    title          text,
    artist         text,
    album          text,
    isrc           text,
    reference_paths jsonb      not null default '[]',
    model_id       text,
    encoding       text        not null,
    state          text        not null
        check (state in ('RECEIVED', 'QUEUED', 'SEPARATED', 'DONE', 'FAILED')),
    reason         text,
    track_id       text references track,
    separation_id  text references separation,
    evaluation_id  text references evaluation,
    created_at     timestamptz not null default now(),
    changed_at     timestamptz not null default now(),
    unique (batch_id, position),
    check ((state = 'FAILED') = (reason is not null))
);
create index batch_item_received on batch_item (created_at) where state = 'RECEIVED';
create index batch_item_of_track on batch_item (track_id);

-- What each service has done, so that an event that comes twice has its effect once.
create table processed_event (
    service       text        not null,
    event_id      text        not null,
    processed_at  timestamptz not null default now(),
    primary key (service, event_id)
);

-- Events that belong to committed results and are yet to be published, in order.
create table outbox (
    outbox_id   bigint generated always as identity primary key,
    topic       text        not null,
    event_key   text        not null,
    event_id    text        not null,
    type        text        not null,
    source      text        not null,
    event_time  timestamptz not null,
    json        bytea       not null
);

-- What could not be done, as found on the dead-letter topics.
create table dead_letter (
    dead_letter_id    text primary key,
    topic             text        not null,
    partition         integer     not null,
    log_offset        bigint      not null,
    event_key         text,
    event_id          text,
    service           text        not null,
    reason            text        not null,
    attempt           integer     not null,
    exception         text        not null,
    stack             text        not null,
    headers           jsonb       not null,
    value             bytea,
    item_id           text references batch_item,
    created_at        timestamptz not null,
    retried_at        timestamptz,
    dropped_at        timestamptz
);
create index dead_letter_open on dead_letter (created_at) where retried_at is null and dropped_at is null;
