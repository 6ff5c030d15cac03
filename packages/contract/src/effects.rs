use cosmwasm_std::{Binary, CosmosMsg, Event, Response, SubMsg};

/// What a message did: events and messages in the order they happened and are to run, and the response's data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// Events.
    pub events: Vec<Event>,
    /// Messages to other contracts.
    pub messages: Vec<SubMsg>,
    /// The response's data.
    pub data: Option<Binary>,
}

impl Effects {
    /// One event and nothing else.
    pub fn event(event: impl Into<Event>) -> Self {
        Effects {
            events: vec![event.into()],
            ..Effects::default()
        }
    }

    /// Adds an event.
    pub fn push(&mut self, event: impl Into<Event>) {
        self.events.push(event.into());
    }

    /// Adds a message to another contract.
    pub fn send(&mut self, message: impl Into<CosmosMsg>) {
        self.messages.push(SubMsg::new(message));
    }

    /// Adds a message to another contract.
    pub fn and_send(mut self, message: impl Into<CosmosMsg>) -> Self {
        self.send(message);
        self
    }

    /// Sets the response's data.
    pub fn with_data(mut self, data: Binary) -> Self {
        self.data = Some(data);
        self
    }

    /// These, and what came after them; the later data counts.
    pub fn then(mut self, next: Effects) -> Self {
        self.events.extend(next.events);
        self.messages.extend(next.messages);
        self.data = next.data.or(self.data);
        self
    }
}

impl From<Effects> for Response {
    fn from(effects: Effects) -> Self {
        let mut response = Response::new();
        response.events = effects.events;
        response.messages = effects.messages;
        response.data = effects.data;
        response
    }
}
