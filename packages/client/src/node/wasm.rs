//! Contracts and codes.

use super::{pages, Node};
use crate::rpc::RpcError;
use cosmrs::proto::cosmwasm::wasm::v1::{
    CodeInfoResponse, QueryCodeRequest, QueryCodeResponse, QueryCodesRequest, QueryCodesResponse,
    QueryContractInfoRequest, QueryContractInfoResponse, QueryContractsByCodeRequest, QueryContractsByCodeResponse,
    QueryPinnedCodesRequest, QueryPinnedCodesResponse, QueryRawContractStateRequest, QueryRawContractStateResponse,
    QuerySmartContractStateRequest, QuerySmartContractStateResponse,
};

/// A stored code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its number.
    pub id: u64,
    /// Who uploaded it.
    pub creator: String,
    /// SHA-256 of the wasm, lower-case hex.
    pub checksum: String,
}

/// A contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Its code.
    pub code_id: u64,
    /// Who created it.
    pub creator: String,
    /// Who may migrate it; empty: nobody.
    pub admin: String,
    /// Its label.
    pub label: String,
}

impl From<CodeInfoResponse> for Code {
    fn from(info: CodeInfoResponse) -> Self {
        Code {
            id: info.code_id,
            creator: info.creator,
            checksum: hex::encode(info.data_hash),
        }
    }
}

impl Node {
    /// What a contract answers to a JSON query, as JSON.
    pub fn smart(&self, contract: &str, query: &[u8]) -> Result<Vec<u8>, RpcError> {
        self.smart_at(contract, query, 0)
    }

    /// As [`Node::smart`], of the state after the block at `height`; 0: the last one.
    pub fn smart_at(&self, contract: &str, query: &[u8], height: u64) -> Result<Vec<u8>, RpcError> {
        let request = QuerySmartContractStateRequest {
            address: contract.to_owned(),
            query_data: query.to_vec(),
        };
        let path = "/cosmwasm.wasm.v1.Query/SmartContractState";
        let answer: QuerySmartContractStateResponse = self.ask_at(path, &request, height)?;
        Ok(answer.data)
    }

    /// The value of a key in a contract's storage; empty where there is none.
    pub fn raw(&self, contract: &str, key: &[u8]) -> Result<Vec<u8>, RpcError> {
        self.raw_at(contract, key, 0)
    }

    /// As [`Node::raw`], of the state after the block at `height`; 0: the last one.
    pub fn raw_at(&self, contract: &str, key: &[u8], height: u64) -> Result<Vec<u8>, RpcError> {
        let request = QueryRawContractStateRequest {
            address: contract.to_owned(),
            query_data: key.to_vec(),
        };
        let path = "/cosmwasm.wasm.v1.Query/RawContractState";
        let answer: QueryRawContractStateResponse = self.ask_at(path, &request, height)?;
        Ok(answer.data)
    }

    /// A contract; none where there is none.
    pub fn contract(&self, address: &str) -> Result<Option<Contract>, RpcError> {
        self.contract_at(address, 0)
    }

    /// As [`Node::contract`], of the state after the block at `height`; 0: the last one.
    pub fn contract_at(&self, address: &str, height: u64) -> Result<Option<Contract>, RpcError> {
        let request = QueryContractInfoRequest {
            address: address.to_owned(),
        };
        let path = "/cosmwasm.wasm.v1.Query/ContractInfo";
        let answer: QueryContractInfoResponse = match self.ask_at(path, &request, height) {
            Err(RpcError::Refused { message, .. }) if message.contains("no such contract") => return Ok(None),
            answer => answer?,
        };
        Ok(answer.contract_info.map(|info| Contract {
            code_id: info.code_id,
            creator: info.creator,
            admin: info.admin,
            label: info.label,
        }))
    }

    /// A code; none where there is none.
    pub fn code(&self, id: u64) -> Result<Option<Code>, RpcError> {
        let request = QueryCodeRequest { code_id: id };
        let answer: QueryCodeResponse = match self.ask("/cosmwasm.wasm.v1.Query/Code", &request) {
            Err(RpcError::Refused { message, .. }) if message.contains("no such code") => return Ok(None),
            answer => answer?,
        };
        Ok(answer.code_info.map(Code::from))
    }

    /// All codes that an account uploaded, newest first, the last 10,000 codes of the chain at most.
    pub fn codes_of(&self, creator: &str) -> Result<Vec<Code>, RpcError> {
        let mut codes = vec![];
        pages(100, true, |page| {
            let request = QueryCodesRequest { pagination: Some(page) };
            let answer: QueryCodesResponse = self.ask("/cosmwasm.wasm.v1.Query/Codes", &request)?;
            let own = answer.code_infos.into_iter().filter(|info| info.creator == creator);
            codes.extend(own.map(Code::from));
            Ok(answer.pagination)
        })?;
        Ok(codes)
    }

    /// Addresses of a code's contracts, oldest first.
    pub fn contracts_of(&self, code_id: u64) -> Result<Vec<String>, RpcError> {
        let mut contracts = vec![];
        pages(usize::MAX, false, |page| {
            let request = QueryContractsByCodeRequest {
                code_id,
                pagination: Some(page),
            };
            let answer: QueryContractsByCodeResponse = self.ask("/cosmwasm.wasm.v1.Query/ContractsByCode", &request)?;
            contracts.extend(answer.contracts);
            Ok(answer.pagination)
        })?;
        Ok(contracts)
    }

    /// Numbers of the codes that are pinned in the nodes' memory.
    pub fn pinned(&self) -> Result<Vec<u64>, RpcError> {
        let mut codes = vec![];
        pages(usize::MAX, false, |page| {
            let request = QueryPinnedCodesRequest { pagination: Some(page) };
            let answer: QueryPinnedCodesResponse = self.ask("/cosmwasm.wasm.v1.Query/PinnedCodes", &request)?;
            codes.extend(answer.code_ids);
            Ok(answer.pagination)
        })?;
        Ok(codes)
    }
}
