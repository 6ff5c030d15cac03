//! Six contribution rewards, metered, scored and settled every day in HP and VRS.
