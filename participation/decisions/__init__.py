"""Major administrative decisions: the yearly catalogue and the life of each item
(国务院令第713号; 山东省政府令第336号; 山东省重大行政决策公众参与工作办法, in force since 2025-10-01)."""
