//! Pauses: by whom, how long, and the time that does not count.

use crate::{AccessError, ACCESS};
use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env, MockApi, MockQuerier, MockStorage};
use cosmwasm_std::{Env, OwnedDeps, Storage, Timestamp};
use vrs_days::Clock;
use vrs_interface::access::{AccessMsg, Permission, Role};

const DAY: u64 = 86_400;

struct World {
    deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
    env: Env,
}

impl World {
    fn new() -> World {
        let (mut deps, env) = (mock_dependencies(), mock_env());
        let owner = deps.api.addr_make("owner");
        ACCESS.initialize(deps.as_mut(), owner.as_str()).unwrap();
        let mut world = World { deps, env };
        for role in [Role::Guardian, Role::BriefGuardian] {
            let account = world.deps.api.addr_make(role.name()).to_string();
            world.send("owner", AccessMsg::GrantRole { role, account }).unwrap();
        }
        world.at(0);
        world
    }

    fn at(&mut self, second: u64) {
        self.env.block.time = Timestamp::from_seconds(1_000 * DAY + second);
    }

    fn now(&self) -> u64 {
        self.env.block.time.seconds()
    }

    fn send(&mut self, name: &str, msg: AccessMsg) -> Result<(), AccessError> {
        let sender = self.deps.api.addr_make(name);
        ACCESS.admit(
            self.deps.as_ref(),
            self.env.block.time,
            &message_info(&sender, &[]),
            msg.gate(),
        )?;
        let block = self.env.block.clone();
        ACCESS.execute(self.deps.as_mut(), &block, &sender, msg).map(|_| ())
    }

    fn until(&mut self, name: &str, seconds: u64) -> Result<(), AccessError> {
        let until = self.now() + seconds;
        self.send(name, AccessMsg::PauseUntil { until })
    }

    fn paused(&self) -> bool {
        ACCESS.is_paused(&self.deps.storage, self.env.block.time).unwrap()
    }

    /// The moment since which `seconds` have passed without a pause, as `at` counts.
    fn since(&self, seconds: u64) -> u64 {
        let since = ACCESS.unpaused_since(&self.deps.storage, self.env.block.time, seconds);
        since.unwrap().seconds() - 1_000 * DAY
    }

    /// Pauses, and ends it.
    fn pause(&mut self, from: u64, to: u64) {
        self.at(from);
        self.send("owner", AccessMsg::Pause {}).unwrap();
        self.at(to);
        self.send("owner", AccessMsg::Unpause {}).unwrap();
    }
}

#[test]
fn a_pause_until_ends_by_itself() {
    let mut world = World::new();
    world.until("guardian", 100).unwrap();
    let told = ACCESS.paused(&world.deps.storage, world.env.block.time).unwrap();
    assert_eq!((told.paused, told.until), (true, Some(world.now() + 100)));
    world.at(99);
    assert!(world.paused());
    world.at(100);
    assert!(!world.paused());
    let told = ACCESS.paused(&world.deps.storage, world.env.block.time).unwrap();
    assert_eq!((told.paused, told.until), (false, None));
}

#[test]
fn a_pause_until_is_bounded_and_never_shortens_one_that_runs() {
    let mut world = World::new();
    let now = world.now();
    let refused = |actual, min, max| Err(AccessError::PauseUntil { actual, min, max });
    assert_eq!(world.until("owner", 0), refused(now, now + 1, now + 7 * DAY));
    let longer = 7 * DAY + 1;
    assert_eq!(
        world.until("owner", longer),
        refused(now + longer, now + 1, now + 7 * DAY)
    );
    world.until("owner", 50).unwrap();
    assert_eq!(world.until("guardian", 50), refused(now + 50, now + 51, now + 7 * DAY));
    world.until("guardian", 7 * DAY).unwrap();
    world.send("guardian", AccessMsg::Pause {}).unwrap();
    assert_eq!(world.until("owner", 60), Err(AccessError::Paused {}));
}

#[test]
fn a_brief_guardian_pauses_for_a_week_at_most_and_rests_14_days_after_it() {
    let mut world = World::new();
    let brief = world.deps.api.addr_make("brief_guardian");
    for (msg, permission) in [
        (AccessMsg::Pause {}, Permission::Guardian),
        (AccessMsg::Unpause {}, Permission::Owner),
    ] {
        let refused = AccessError::Unauthorized {
            sender: brief.clone(),
            needed: permission,
        };
        assert_eq!(world.send("brief_guardian", msg), Err(refused));
    }
    let start = world.now();
    let stranger = AccessError::Unauthorized {
        sender: world.deps.api.addr_make("stranger"),
        needed: Permission::BriefGuardian,
    };
    assert_eq!(world.until("stranger", 10), Err(stranger));
    let max = start + 7 * DAY;
    assert_eq!(
        world.until("brief_guardian", 7 * DAY + 1),
        Err(AccessError::PauseUntil {
            actual: max + 1,
            min: start + 1,
            max
        })
    );
    world.until("brief_guardian", 7 * DAY).unwrap();
    let rest = |now: u64, ended: u64| {
        Err(AccessError::BriefPause {
            ended,
            earliest: ended + 14 * DAY,
            now,
        })
    };
    world.at(DAY);
    assert_eq!(world.until("brief_guardian", 7 * DAY), rest(start + DAY, max));
    world.at(21 * DAY - 1);
    assert!(!world.paused());
    assert_eq!(world.until("brief_guardian", 1), rest(start + 21 * DAY - 1, max));
    // Another account of the role has no turn of its own, guardians are free.
    world.until("guardian", 1).unwrap();
    world.at(21 * DAY);
    world.until("brief_guardian", 7 * DAY).unwrap();
    // The owner ends it early: 14 days from then.
    world.at(22 * DAY);
    world.send("owner", AccessMsg::Unpause {}).unwrap();
    assert!(!world.paused());
    world.at(36 * DAY - 1);
    assert_eq!(
        world.until("brief_guardian", 1),
        rest(start + 36 * DAY - 1, start + 22 * DAY)
    );
    world.at(36 * DAY);
    world.until("brief_guardian", 1).unwrap();
}

#[test]
fn paused_time_is_left_out() {
    let mut world = World::new();
    world.pause(20, 70);
    world.pause(80, 90);
    world.at(100);
    let since: Vec<u64> = [0, 10, 11, 20, 21, 40].map(|seconds| world.since(seconds)).to_vec();
    assert_eq!(since, [100, 90, 79, 70, 19, 0]);
    // A pause that runs, and one that ended by itself.
    world.until("owner", 50).unwrap();
    world.at(120);
    assert_eq!(world.since(10), 90);
    world.at(160);
    assert_eq!(world.since(10), 150);
    assert_eq!(world.since(20), 90);
    world.until("owner", 10).unwrap();
    world.at(180);
    // 180 to 170, 160 to 150, and one second before 100, at which the pause at 80 had ended at 90.
    assert_eq!(world.since(21), 99);
}

/// Twenty pauses: eight are kept, and nobody's time is shorter for it.
#[test]
fn many_pauses_never_shorten_anyones_time() {
    let mut world = World::new();
    let mut running = vec![];
    for index in 0..20u64 {
        let (from, to) = (100 * index + 10, 100 * index + 10 + index + 1);
        world.pause(from, to);
        running.push((from, to));
    }
    world.at(2_100);
    // Second by second: whether it was without a pause.
    let open = |second: u64| !running.iter().any(|(from, to)| (*from..*to).contains(&second));
    for seconds in 0..1_880 {
        let since = world.since(seconds);
        let passed = (since..2_100).filter(|second| open(*second)).count() as u64;
        assert!(passed >= seconds, "{seconds} seconds since {since}: {passed}");
        // The last seven are exact.
        if since > 1_400 {
            assert_eq!(passed, seconds);
        }
    }
    let stored = world.deps.storage.get(&[crate::PAST]).unwrap();
    assert!(stored.len() <= 1 + 8 * (5 + 5) + 5, "{} bytes", stored.len());
}

/// What older versions stored has no beginning: no time before its end counts.
#[test]
fn a_pause_of_an_older_version_goes_on() {
    let mut world = World::new();
    world.deps.storage.set(&[crate::PAUSED], &[1]);
    assert!(world.paused());
    world.send("owner", AccessMsg::Unpause {}).unwrap();
    assert!(!world.paused());
    world.at(10);
    let clock = Clock::daily(900 * DAY);
    let through = |days| ACCESS.expired_through(&world.deps.storage, &clock, world.env.block.time, days);
    assert_eq!(through(1).unwrap(), 0);
}

#[test]
fn days_expire_by_the_time_without_a_pause() {
    let mut world = World::new();
    let clock = Clock::daily(900 * DAY);
    let through = |world: &World, days| {
        ACCESS
            .expired_through(&world.deps.storage, &clock, world.env.block.time, days)
            .unwrap()
    };
    let last = clock.last_final(world.env.block.time);
    assert_eq!((through(&world, 0), through(&world, 30)), (last, last - 30));
    world.pause(0, 40 * DAY);
    world.at(50 * DAY);
    assert_eq!(through(&world, 30), last - 20);
}
