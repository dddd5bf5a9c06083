"""The engines that ours is measured against. They get the same words and the same rule: compounds in any spelling."""
